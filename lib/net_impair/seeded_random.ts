import type { RandomSource } from "../bytes/random_source.ts";

/**
 * A random source that repeats: the same seed, the same numbers (Marsaglia's xorshift with 128 bits of
 * state). Good for play, never for secrets.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new SeededRandom(7).uint32(), new SeededRandom(7).uint32());
 * ```
 */
export class SeededRandom implements RandomSource {
  readonly #state: Uint32Array;

  /** @param seed Any integer; its low 32 bits count. */
  constructor(seed: number) {
    this.#state = Uint32Array.of(seed ^ 123456789, 362436069, 521288629, 88675123 ^ seed * 31);
    for (let i = 0; i < 16; i++) this.uint32(); // so that neighbouring seeds part
  }

  uint32(): number {
    const [x = 0, y = 0, z = 0, w = 0] = this.#state;
    const mixed = x ^ x << 11;
    const next = (w ^ w >>> 19 ^ mixed ^ mixed >>> 8) >>> 0;
    this.#state.set([y, z, w, next]);
    return next;
  }

  /** A number from 0 up to, but not, 1. */
  fraction(): number {
    return this.uint32() / 2 ** 32;
  }
}
