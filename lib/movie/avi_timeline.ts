/** Between frames whose times say nothing. */
const DEFAULT_STEP_MS = 40;
/** For streams without a rhythm: 100 frames a second, so that a frame is at most 5 ms off. */
const FINE_STEP_MS = 10;
/** Shortest step that an AVI file can have. */
const LEAST_STEP_MS = 1;
/** An interval that is shorter than this part of the usual one belongs to a burst, and says nothing. */
const BURST = 1 / 4;
/** A frame in a burst that gets a slot so many steps after its time comes after a stall. */
const LATE = 0.75;
/** The frame before is held for a step once the next one is late by all of it but so much. */
const HOLD = 0.25;
/** How near to a multiple of the step the intervals of a stream with a rhythm are, in steps; and how many. */
const NEAR = 0.2;
const MOSTLY = 2 / 3;
/** How far from an even line frames may be that come by jittery arrivals, in steps. */
const OFF_LINE = 0.75;
/** A gap is held for so many steps at most. */
const MOST_HELD = 100_000;
/** How much of an error is taken for a drift of phase, and of rate. */
const PHASE_GAIN = 0.1;
const RATE_GAIN = 0.01;

/**
 * Lays frames that come at any times onto the even steps of an AVI file: says how often the frame before
 * has to be seen once more, so that the next one is seen at its time. Follows the small drift of a clock;
 * the jitter of arrivals moves nothing, a few odd intervals do not hide a rhythm, and bursts (frames that
 * waited somewhere, as behind a lost TCP segment) neither make nor change a rate.
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
  /** How far the first frame came after its place in the stream's rhythm. */
  readonly #firstLateMs: number;
  #stepMs: number;
  #firstMs: number | undefined;
  #lastMs = 0;
  /** Where the last slot is, as the grid has it. */
  #slotMs = 0;
  /** Those that time has passed for: not those of frames in a burst. */
  #timedSlots = 0;
  /** Whether the burst is over that a stream may begin with. */
  #isSettled = false;

  /** @param timesMs Of the first frames, rising. */
  constructor(timesMs: readonly number[]) {
    const rhythm = rhythmOf(timesMs);
    this.#isRegular = rhythm !== undefined;
    this.#firstLateMs = rhythm?.firstLateMs ?? 0;
    this.#stepMs = Math.max(LEAST_STEP_MS, rhythm?.stepMs ?? FINE_STEP_MS);
  }

  /** As measured so far, repeated frames counted. */
  get framesPerSecond(): number {
    const span = this.#lastMs - (this.#firstMs ?? 0);
    const measured = this.#timedSlots < 1 || span <= 0
      ? 1000 / this.#stepMs
      : this.#timedSlots * 1000 / span;
    return Math.min(1000, Math.max(0.001, Math.round(measured * 1e6) / 1e6));
  }

  /**
   * How often the frame before is repeated before the next one.
   *
   * @param timeMs Of the next frame.
   */
  heldBefore(timeMs: number): number {
    if (this.#firstMs === undefined) {
      this.#firstMs = this.#lastMs = timeMs;
      this.#slotMs = timeMs - this.#firstLateMs;
      return 0;
    }
    const isBurst = this.#isRegular && timeMs - this.#lastMs < this.#stepMs * BURST;
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    this.#isSettled ||= !isBurst;
    if (!this.#isSettled) {
      this.#slotMs = timeMs - this.#firstLateMs;
      return 0;
    }
    const next = this.#slotMs + this.#stepMs;
    const held = Math.min(
      MOST_HELD,
      Math.max(0, Math.floor((timeMs - next) / this.#stepMs + HOLD)),
    );
    this.#slotMs = next + held * this.#stepMs;
    const errorMs = timeMs - this.#slotMs;
    this.#timedSlots += held + (isBurst && errorMs < -LATE * this.#stepMs ? 0 : 1);
    this.#follow(errorMs);
    return held;
  }

  #follow(errorMs: number): void {
    if (!this.#isRegular || Math.abs(errorMs) > this.#stepMs / 2) return;
    this.#slotMs += errorMs * PHASE_GAIN;
    this.#stepMs = Math.max(LEAST_STEP_MS, this.#stepMs + errorMs * RATE_GAIN);
  }
}

/** What a stream's frames follow. */
interface Rhythm {
  readonly stepMs: number;
  readonly firstLateMs: number;
}

/** Of a stream that has one, otherwise `undefined`. */
function rhythmOf(timesMs: readonly number[]): Rhythm | undefined {
  const intervals = timesMs.slice(1).map((time, i) => time - (timesMs[i] as number));
  const timed = withoutBursts(intervals);
  const step = quantile(timed, 0.5);
  if (step === undefined) return { stepMs: DEFAULT_STEP_MS, firstLateMs: 0 };
  const near = timed.filter((interval) => isNearMultiple(interval / step));
  if (near.length >= timed.length * MOSTLY) {
    return { stepMs: meanStep(near, step), firstLateMs: 0 };
  }
  return evenLine(timesMs.slice(intervals.findIndex((interval) => interval >= step * BURST)));
}

/** Intervals of 0 and those between frames that waited for each other are left out. */
function withoutBursts(intervals: readonly number[]): number[] {
  const usual = quantile(intervals.filter((interval) => interval > 0), 0.75) ?? 0;
  return intervals.filter((interval) => interval > 0 && interval >= usual * BURST);
}

function quantile(values: readonly number[], part: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)];
}

function isNearMultiple(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) <= NEAR && steps > 0.5;
}

function meanStep(intervals: readonly number[], step: number): number {
  const steps = intervals.reduce((sum, interval) => sum + Math.round(interval / step), 0);
  return intervals.reduce((sum, interval) => sum + interval, 0) / steps;
}

/** An even line through all times (least squares), if none is far from it. */
function evenLine(timesMs: readonly number[]): Rhythm | undefined {
  const middle = (timesMs.length - 1) / 2;
  const meanMs = timesMs.reduce((sum, time) => sum + time, 0) / timesMs.length;
  const squares = timesMs.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const step = timesMs.reduce((sum, time, i) => sum + (i - middle) * (time - meanMs), 0) / squares;
  const lateMs = timesMs.map((time, i) => time - meanMs - (i - middle) * step);
  if (lateMs.some((late) => Math.abs(late) > OFF_LINE * step)) return undefined;
  return { stepMs: step, firstLateMs: lateMs[0] ?? 0 };
}
