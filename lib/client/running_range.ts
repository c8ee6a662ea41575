/**
 * The least, the mean and the greatest of numbers that come one by one; nothing is kept of each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const range = new RunningRange();
 * assertEquals(range.figures, { min: null, mean: null, max: null });
 * for (const ms of [40, 50, 30]) range.add(ms);
 * assertEquals(range.figures, { min: 30, mean: 40, max: 50 });
 * ```
 */
export class RunningRange {
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** `null` before any. */
  get figures(): {
    readonly min: number | null;
    readonly mean: number | null;
    readonly max: number | null;
  } {
    if (this.#count === 0) return { min: null, mean: null, max: null };
    return { min: this.#min, mean: this.#sum / this.#count, max: this.#max };
  }

  /** Adds one. */
  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }
}
