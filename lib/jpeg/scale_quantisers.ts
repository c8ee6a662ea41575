/**
 * Quantisers of the quality Q, by the rule of the Independent JPEG Group that RFC 2435 §4.2 and its
 * appendix A take over.
 *
 * @param base `LUMA_QUANTISERS` or `CHROMA_QUANTISERS`; any order, which is kept.
 * @param q 1 (coarsest) to 99 (finest); 50 leaves the base as it is.
 * @returns 64 quantisers, 1 to 255.
 * @throws {RangeError} Q is not an integer from 1 to 99.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LUMA_QUANTISERS } from "./annex_k.ts";
 *
 * assertEquals(scaleQuantisers(LUMA_QUANTISERS, 75).subarray(0, 4), Uint8Array.of(8, 6, 6, 7));
 * ```
 */
export function scaleQuantisers(base: Uint8Array, q: number): Uint8Array {
  if (!Number.isInteger(q) || q < 1 || q > 99) {
    throw new RangeError(`Cannot scale quantisers: Q is ${q}, not an integer from 1 to 99`);
  }
  const percent = q < 50 ? Math.floor(5000 / q) : 200 - 2 * q;
  return base.map((value) => Math.min(255, Math.max(1, Math.floor((value * percent + 50) / 100))));
}
