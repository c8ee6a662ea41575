/**
 * How far `to` is after `from` modulo 2^16: -32768 to 32767, negative when it is before.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sequenceDistance(65535, 1), 2);
 * assertEquals(sequenceDistance(1, 65535), -2);
 * ```
 */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/**
 * How far `to` is after `from` modulo 2^32: -2^31 to 2^31 - 1, negative when it is before.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(timestampDistance(0xffff_ffff, 2), 3);
 * ```
 */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/**
 * Gives 16-bit sequence numbers their place in a count that does not wrap: each is taken as the nearest
 * to the newest one before it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const extender = new SequenceExtender();
 * assertEquals([65535, 0, 65534, 1].map((n) => extender.extend(n)), [65535, 65536, 65534, 65537]);
 * ```
 */
export class SequenceExtender {
  #newest: number | undefined;

  /** The newest number so far; `undefined` before the first. */
  get newest(): number | undefined {
    return this.#newest;
  }

  /**
   * Where `sequence` belongs; the first is its own place. What is before it at the start comes out
   * negative.
   */
  extend(sequence: number): number {
    const newest = this.#newest ?? sequence;
    const extended = newest + sequenceDistance(newest & 0xffff, sequence);
    if (this.#newest === undefined || extended > newest) this.#newest = extended;
    return extended;
  }
}
