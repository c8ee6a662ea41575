import type { ClientFrame } from "./client_frame.ts";

const TICKS_PER_MS = 90;
/** A gap of more than this that the arrivals do not show is a jump of the sender's clock. */
const MOST_APART_MS = 5000;
/** Between frames, as long as nothing is known. */
const FIRST_INTERVAL_MS = 40;

/**
 * When the frames of a play are to be seen, in milliseconds after the first: by their RTP timestamps
 * (90 kHz, RFC 2435 §3), or by their arrival where timestamps are too coarse, as in the lab dialect.
 * Pauses are left out, and a jump of the timestamps is no gap.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FrameClock("timestamps");
 * clock.timeOf({ rtpTimestamp: 0xffff_ffff, arrivalMs: 5 });
 * assertEquals(clock.timeOf({ rtpTimestamp: 4499, arrivalMs: 56 }), 50);
 * ```
 */
export class FrameClock {
  readonly #basis: "timestamps" | "arrivals";
  #last: { readonly rtpTimestamp: number; readonly arrivalMs: number } | undefined;
  #timeMs = 0;
  #intervalMs = FIRST_INTERVAL_MS;
  #isResumed = false;

  constructor(basis: "timestamps" | "arrivals") {
    this.#basis = basis;
  }

  /** The play was paused: the next frame follows the last one as if nothing had been. */
  pause(): void {
    this.#isResumed = this.#last !== undefined;
  }

  /** The time of the next frame; never less than that of the frame before. */
  timeOf(frame: Pick<ClientFrame, "rtpTimestamp" | "arrivalMs">): number {
    const { rtpTimestamp, arrivalMs } = frame;
    const last = this.#last;
    this.#last = { rtpTimestamp, arrivalMs };
    if (last === undefined) return 0;
    const arrived = Math.max(0, arrivalMs - last.arrivalMs);
    const stamped = (rtpTimestamp - last.rtpTimestamp | 0) / TICKS_PER_MS;
    // A frame may come late by any time, as behind a stalled connection: then its timestamp is right.
    const isTrue = this.#basis === "timestamps" && stamped >= 0 &&
      (stamped <= MOST_APART_MS || Math.abs(stamped - arrived) <= MOST_APART_MS);
    if (this.#isResumed) this.#timeMs += this.#intervalMs;
    else {
      this.#intervalMs = isTrue ? stamped : arrived;
      const timeMs = this.#timeMs + this.#intervalMs;
      // Whole ticks: 60 intervals of a thirtieth of a second are 2 s, and no rounding error less.
      this.#timeMs = isTrue ? Math.round(timeMs * TICKS_PER_MS) / TICKS_PER_MS : timeMs;
    }
    this.#isResumed = false;
    return this.#timeMs;
  }
}
