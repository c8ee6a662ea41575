import type { JitterBasis } from "./reception.ts";
import type { SecondFigures } from "./second_figures.ts";
import type { SecondRanges } from "./second_ranges.ts";
import type { TransportFigures } from "./session_figures.ts";

/**
 * The figures of a play; docs/statistics.md says how each is measured. `null` where there was nothing to
 * measure.
 */
export interface PlaySummary {
  readonly packets: {
    readonly received: number;
    readonly expected: number;
    readonly lost: number;
    readonly duplicate: number;
    readonly late: number;
    readonly reordered: number;
    readonly foreign: number;
    /** 0 to 1. */
    readonly lossRate: number | null;
  };
  readonly frames: {
    readonly whole: number;
    readonly broken: number;
    /** The broken ones by reason, where it is known. */
    readonly brokenBy: Readonly<Record<string, number>>;
  };
  readonly payloadBytes: number;
  readonly dataRateBitsPerSecond: number | null;
  readonly framesPerSecond: number | null;
  readonly jitterMs: number | null;
  readonly jitterBasis: JitterBasis;
  readonly gapsMs: {
    readonly min: number | null;
    readonly mean: number | null;
    readonly p99: number | null;
    readonly max: number | null;
  };
  /** Between packets. */
  readonly packetGapsMs: {
    readonly min: number | null;
    readonly mean: number | null;
    readonly max: number | null;
  };
  /** From the first PLAY to the first frame. */
  readonly firstFrameMs: number | null;
  /** Pauses left out. */
  readonly playingSeconds: number;
  /** From the first PLAY to the last frame or packet, pauses and all. */
  readonly durationSeconds: number;
  readonly dialect: "lab" | "standard";
  readonly transport: TransportFigures | null;
  /** Bytes of RTP that may wait in the system to be read; `null`: over TCP, or where its default holds. */
  readonly receiveBufferBytes: number | null;
  /** From a request to its reply; `null` in the lab dialect. */
  readonly roundTripMs: { readonly min: number; readonly last: number } | null;
  /** Requests that only kept the session alive. */
  readonly keepalives: number;
  /** How often a play that had failed went on. */
  readonly reconnects: number;
  /** `null` in the lab dialect. */
  readonly rtcp: {
    readonly sent: number;
    readonly received: number;
    readonly dropped: number;
    /** 0 to 1, as last reported. */
    readonly fractionLost: number | null;
    readonly cumulativeLost: number | null;
  } | null;
  /** How long the samples are from which `perSecondRange` is. */
  readonly samplingIntervalMs: number;
  readonly perSecondRange: SecondRanges;
  /** What came in each second of playing time; the last one may not be a whole second. */
  readonly perSecond: readonly SecondFigures[];
}
