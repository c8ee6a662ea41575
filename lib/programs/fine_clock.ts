import type { Now } from "../bytes/now.ts";

/** How coarse `Now.unixMs` is. */
const STEP_MS = 1;
/** A step back of more than this is no late news: somebody has set the wall clock. */
const LATE_MS = 1000;

/**
 * Wall-clock times in parts of a millisecond, which the system tells in whole ones: they follow the
 * monotonic clock, and never leave the millisecond that the wall clock names. Moments may be told a
 * little late: one before the last is told as the last.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FineClock();
 * assertEquals(clock.unixMs({ monotonicMs: 10.25, unixMs: 5000 }), 5000);
 * assertEquals(clock.unixMs({ monotonicMs: 10.75, unixMs: 5000 }), 5000.5);
 * ```
 */
export class FineClock {
  /** What is to be added to the monotonic clock. */
  #offsetMs: number | undefined;
  #lastMs = -Infinity;

  /** The same moment, in milliseconds since 1970. */
  unixMs({ monotonicMs, unixMs }: Now): number {
    this.#offsetMs ??= unixMs - monotonicMs;
    const fine = Math.min(
      Math.max(monotonicMs + this.#offsetMs, unixMs),
      unixMs + STEP_MS,
    );
    this.#offsetMs = fine - monotonicMs;
    const isLate = fine < this.#lastMs && fine > this.#lastMs - LATE_MS;
    if (!isLate) this.#lastMs = fine;
    return this.#lastMs;
  }
}
