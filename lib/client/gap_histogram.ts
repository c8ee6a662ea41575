/** Each bucket is this much wider than the one before it: a quantile is right to 1 %. */
const GROWTH = 1.02;
/** Upper end of the first bucket, in milliseconds. */
const FIRST_MS = 0.01;
/** Buckets up to about 100 s; the last one takes what is longer. */
const BUCKETS = 815;

/**
 * Lengths of time in a fixed number of buckets, each 2 % wider than the one before: hours of gaps in
 * 7 kB, with the exact least, greatest and mean.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const gaps = new GapHistogram();
 * for (let ms = 1; ms <= 100; ms++) gaps.add(ms);
 * assertEquals([gaps.count, gaps.minMs, gaps.meanMs, gaps.maxMs], [100, 1, 50.5, 100]);
 * assertAlmostEquals(gaps.quantileMs(0.99) ?? NaN, 99, 99 * 0.01);
 * ```
 */
export class GapHistogram {
  readonly #buckets = new Float64Array(BUCKETS);
  #count = 0;
  #sumMs = 0;
  #minMs = Infinity;
  #maxMs = -Infinity;

  /** How many were added. */
  get count(): number {
    return this.#count;
  }

  /** The least; `undefined` before any. */
  get minMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#minMs;
  }

  /** The mean; `undefined` before any. */
  get meanMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#sumMs / this.#count;
  }

  /** The greatest; `undefined` before any. */
  get maxMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#maxMs;
  }

  /** Adds one, from 0. */
  add(ms: number): void {
    this.#count++;
    this.#sumMs += ms;
    this.#minMs = Math.min(this.#minMs, ms);
    this.#maxMs = Math.max(this.#maxMs, ms);
    const bucket = ms <= FIRST_MS ? 0 : Math.ceil(Math.log(ms / FIRST_MS) / Math.log(GROWTH));
    const at = Math.min(bucket, BUCKETS - 1);
    this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
  }

  /**
   * The length that `share` of all do not exceed, to 1 %; `undefined` before any.
   *
   * @param share 0 to 1: 0.99 for the 99th percentile.
   */
  quantileMs(share: number): number | undefined {
    if (this.#count === 0) return undefined;
    const wanted = Math.max(1, Math.ceil(share * this.#count));
    let bucket = 0;
    let reached = this.#buckets[0] ?? 0;
    while (reached < wanted && bucket < BUCKETS - 1) {
      bucket++;
      reached += this.#buckets[bucket] ?? 0;
    }
    const middle = FIRST_MS * GROWTH ** (bucket - 0.5);
    return Math.min(Math.max(middle, this.#minMs), this.#maxMs);
  }
}
