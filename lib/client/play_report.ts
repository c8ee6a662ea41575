import { GapHistogram } from "./gap_histogram.ts";
import { PlaySeconds, type ReceptionSample } from "./play_seconds.ts";
import type { PlaySummary } from "./play_summary.ts";
import type { Reception } from "./reception.ts";
import { RunningRange } from "./running_range.ts";
import { SAMPLING_INTERVAL_MS, secondRanges } from "./second_ranges.ts";
import type { RtcpFigures, SessionFigures } from "./session_figures.ts";

/** A shorter play has no rates, nor has one frame in less than a second: they would be chance. */
const LEAST_RATED_MS = 100;
const LEAST_RATED_ALONE_MS = 1000;

/** Between a PLAY and the next: the part of the play that no pause interrupts. */
interface Stretch {
  readonly startMs: number;
  readonly newestMs: number;
  readonly lastFrameMs: number | undefined;
  readonly lastPacketMs: number | undefined;
}

/**
 * Measures a play while it goes on: what came, how fast and how evenly. Pauses count for nothing: a
 * stretch of play lasts from its first packet to its last, and one mean gap more, the last frame's
 * own time. Keeps a few numbers for each second of play, and nothing for each packet.
 */
export class PlayReport {
  readonly #gaps = new GapHistogram();
  readonly #packetGaps = new RunningRange();
  readonly #seconds = new PlaySeconds();
  #firstPlayMs: number | undefined;
  #firstFrameMs: number | undefined;
  #newestMs = 0;
  #payloadBytes = 0;
  #frames = 0;
  #stretch: Stretch | undefined;
  #stretches = 0;
  /** Playing time of the stretches before this one. */
  #elapsedMs = 0;

  /** See `PlaySummary.receiveBufferBytes`. */
  receiveBuffer: number | undefined;

  /** Playing time up to now, in milliseconds. */
  get playingMs(): number {
    return this.#elapsedMs + this.#presentMs;
  }

  /** Payload of all packets so far, in bytes. */
  get payloadBytes(): number {
    return this.#payloadBytes;
  }

  /** Frames so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Mean rate of whole frames; `undefined` as long as it would be chance. */
  get framesPerSecond(): number | undefined {
    const isAlone = this.#frames === 1 && this.playingMs < LEAST_RATED_ALONE_MS;
    return isAlone ? undefined : this.#perSecond(this.#frames);
  }

  /** PLAY was sent: what comes from now on is a new stretch. */
  play(nowMs: number): void {
    this.#firstPlayMs ??= nowMs;
    this.#elapsedMs += this.#presentMs;
    this.#stretch = undefined;
  }

  /** A packet came in; `payloadLength` bytes of it are no header. */
  packet(payloadLength: number, arrivalMs: number): void {
    if (this.#stretch === undefined) this.#stretches++;
    const { startMs = arrivalMs, lastFrameMs, lastPacketMs } = this.#stretch ?? {};
    if (lastPacketMs !== undefined) this.#packetGaps.add(arrivalMs - lastPacketMs);
    this.#stretch = { startMs, newestMs: arrivalMs, lastFrameMs, lastPacketMs: arrivalMs };
    this.#newestMs = arrivalMs;
    this.#payloadBytes += payloadLength;
    this.#seconds.packet(this.#elapsedMs + arrivalMs - startMs, payloadLength);
  }

  /** A frame was given out. */
  frame(arrivalMs: number): void {
    this.#frames++;
    if (this.#firstPlayMs !== undefined) this.#firstFrameMs ??= arrivalMs - this.#firstPlayMs;
    const { startMs = arrivalMs, newestMs = arrivalMs, lastFrameMs, lastPacketMs } =
      this.#stretch ?? {};
    if (this.#stretch === undefined) this.#stretches++;
    const gapMs = lastFrameMs === undefined ? undefined : arrivalMs - lastFrameMs;
    if (gapMs !== undefined) this.#gaps.add(gapMs);
    this.#stretch = {
      startMs,
      newestMs: Math.max(newestMs, arrivalMs),
      lastFrameMs: arrivalMs,
      lastPacketMs,
    };
    this.#newestMs = arrivalMs;
    this.#seconds.frame(this.#elapsedMs + arrivalMs - startMs, gapMs);
  }

  /** How large the frame was that was given out last, in bytes. */
  frameSize(length: number): void {
    this.#seconds.frameSize(length);
  }

  /** Whether a second is over: then `sample()` is to be called. */
  get wantsSample(): boolean {
    return this.#seconds.wantsSample;
  }

  /** The reception as it is now, for the second that is over. */
  sample(reception: ReceptionSample): void {
    this.#seconds.sample(reception);
  }

  /** All figures up to now. */
  summary(reception: Reception, figures: SessionFigures): PlaySummary {
    const { received, expected, lost, duplicate, late, reordered, foreign } = reception;
    const { minMs = null, meanMs = null, maxMs = null } = this.#gaps;
    const { playingMs } = this;
    const perSecond = this.#seconds.figures(reception, playingMs);
    return {
      packets: {
        received,
        expected,
        lost,
        duplicate,
        late,
        reordered,
        foreign,
        lossRate: expected === 0 ? null : lost / expected,
      },
      frames: {
        whole: reception.whole,
        broken: reception.broken,
        brokenBy: reception.brokenBy,
      },
      payloadBytes: this.#payloadBytes,
      dataRateBitsPerSecond: this.#perSecond(8 * this.#payloadBytes) ?? null,
      framesPerSecond: this.framesPerSecond ?? null,
      jitterMs: reception.jitterMs ?? null,
      jitterBasis: reception.jitterBasis,
      gapsMs: { min: minMs, mean: meanMs, p99: this.#gaps.quantileMs(0.99) ?? null, max: maxMs },
      packetGapsMs: this.#packetGaps.figures,
      firstFrameMs: this.#firstFrameMs ?? null,
      playingSeconds: playingMs / 1000,
      durationSeconds: this.#firstPlayMs === undefined || this.#stretches === 0
        ? 0
        : (this.#newestMs - this.#firstPlayMs) / 1000,
      dialect: figures.dialect,
      transport: figures.transport ?? null,
      receiveBufferBytes: figures.transport?.protocol === "tcp" ? null : this.receiveBuffer ?? null,
      roundTripMs: figures.roundTrip === undefined
        ? null
        : { min: figures.roundTrip.minMs, last: figures.roundTrip.lastMs },
      keepalives: figures.keepalives,
      reconnects: figures.reconnects ?? 0,
      rtcp: rtcpSummary(figures.rtcp),
      samplingIntervalMs: SAMPLING_INTERVAL_MS,
      perSecondRange: secondRanges(perSecond),
      perSecond,
    };
  }

  #perSecond(amount: number): number | undefined {
    return this.playingMs < LEAST_RATED_MS ? undefined : 1000 * amount / this.playingMs;
  }

  /** Playing time of the present stretch. */
  get #presentMs(): number {
    const stretch = this.#stretch;
    if (stretch === undefined) return 0;
    return stretch.newestMs - stretch.startMs + (this.#gaps.meanMs ?? 0);
  }
}

function rtcpSummary(figures: RtcpFigures | undefined): PlaySummary["rtcp"] {
  if (figures === undefined) return null;
  const { sent, received, dropped, fractionLost = null, cumulativeLost = null } = figures;
  return { sent, received, dropped, fractionLost, cumulativeLost };
}
