/** Between frames whose times say nothing. */
const DEFAULT_STEP_MS = 40;
/** For streams without a rhythm: 100 frames a second, so that a frame is at most 5 ms off. */
const FINE_STEP_MS = 10;
/** Shortest step that an AVI file can have. */
const LEAST_STEP_MS = 1;
/** How far from a multiple of the step a regular stream's intervals may be, in steps. */
const REGULAR = 0.4;
/** A gap is held for so many steps at most. */
const MOST_HELD = 100_000;
/** How much of an error is taken for a drift of phase, and of rate. */
const PHASE_GAIN = 0.1;
const RATE_GAIN = 0.01;

/**
 * Lays frames that come at any times onto the even steps of an AVI file: says how often the frame before
 * has to be seen once more, so that the next one is seen at its time. Follows the small drift of a clock,
 * and the jitter of arrivals moves nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const timeline = new AviTimeline([0, 50, 100]);
 * assertEquals([0, 50, 100, 250].map((ms) => timeline.heldBefore(ms)), [0, 0, 0, 2]);
 * assertEquals(timeline.framesPerSecond, 20);
 * ```
 */
export class AviTimeline {
  readonly #isRegular: boolean;
  #stepMs: number;
  #firstMs: number | undefined;
  #lastMs = 0;
  /** Where the last slot is, as the grid has it. */
  #slotMs = 0;
  #slots = 0;

  /** @param timesMs Of the first frames, rising. */
  constructor(timesMs: readonly number[]) {
    const intervals = timesMs.slice(1).map((time, i) => time - (timesMs[i] as number))
      .filter((interval) => interval > 0);
    const middle = intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)];
    const step = Math.max(LEAST_STEP_MS, middle ?? DEFAULT_STEP_MS);
    this.#isRegular = intervals.every((interval) => isMultiple(interval / step));
    this.#stepMs = this.#isRegular ? meanStep(intervals, step) : FINE_STEP_MS;
  }

  /** As measured so far, repeated frames counted. */
  get framesPerSecond(): number {
    const span = this.#lastMs - (this.#firstMs ?? 0);
    const measured = this.#slots < 2 || span <= 0
      ? 1000 / this.#stepMs
      : (this.#slots - 1) * 1000 / span;
    return Math.min(1000, Math.max(0.001, Math.round(measured * 1e6) / 1e6));
  }

  /**
   * How often the frame before is repeated before the next one.
   *
   * @param timeMs Of the next frame.
   */
  heldBefore(timeMs: number): number {
    if (this.#firstMs === undefined) {
      this.#firstMs = this.#lastMs = this.#slotMs = timeMs;
      this.#slots = 1;
      return 0;
    }
    const next = this.#slotMs + this.#stepMs;
    const held = Math.min(MOST_HELD, Math.max(0, Math.round((timeMs - next) / this.#stepMs)));
    this.#slotMs = next + held * this.#stepMs;
    this.#slots += held + 1;
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    this.#follow(timeMs - this.#slotMs);
    return held;
  }

  #follow(errorMs: number): void {
    if (!this.#isRegular || Math.abs(errorMs) > this.#stepMs / 2) return;
    this.#slotMs += errorMs * PHASE_GAIN;
    this.#stepMs = Math.max(LEAST_STEP_MS, this.#stepMs + errorMs * RATE_GAIN);
  }
}

function isMultiple(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) <= REGULAR && steps > 0.5;
}

function meanStep(intervals: readonly number[], step: number): number {
  const steps = intervals.reduce((sum, interval) => sum + Math.round(interval / step), 0);
  return steps === 0 ? step : intervals.reduce((sum, interval) => sum + interval, 0) / steps;
}
