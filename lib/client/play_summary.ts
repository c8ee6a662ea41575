import type { JitterBasis } from "./reception.ts";

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
  readonly frames: { readonly whole: number; readonly broken: number };
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
  /** From the first PLAY to the first frame. */
  readonly firstFrameMs: number | null;
  /** Pauses left out. */
  readonly playingSeconds: number;
  /** From the first PLAY to the last frame or packet, pauses and all. */
  readonly durationSeconds: number;
  /** What came in each second of playing time; the last one is not a whole second. */
  readonly perSecond: readonly {
    readonly packets: number;
    readonly frames: number;
    readonly payloadBytes: number;
  }[];
}
