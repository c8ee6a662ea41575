import { CHROMA_QUANTISERS, LUMA_QUANTISERS } from "../jpeg/annex_k.ts";
import type { QuantiserTable } from "../jpeg/quantiser_table.ts";
import { scaleQuantisers } from "../jpeg/scale_quantisers.ts";

/**
 * The quantiser tables that Q stands for where it is under 100 (RFC 2435 §4.2).
 *
 * The order is the zig-zag, as DQT wants it. The sample code in the RFC's appendix A writes its base
 * tables into DQT as they stand, in the order of rows: whoever copies it gets wrong pictures.
 *
 * @param q 1 to 99.
 * @returns Luma and chroma.
 * @throws {RangeError} Q is not an integer from 1 to 99.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [luma, chroma] = quantiserTables(50);
 * assertEquals(Array.from(luma.values.subarray(0, 4)), [16, 11, 12, 14]);
 * assertEquals(Array.from(chroma.values.subarray(0, 4)), [17, 18, 18, 24]);
 * ```
 */
export function quantiserTables(q: number): [luma: QuantiserTable, chroma: QuantiserTable] {
  return [table(LUMA_QUANTISERS, q), table(CHROMA_QUANTISERS, q)];
}

function table(base: Uint8Array, q: number): QuantiserTable {
  return { precision: 8, values: Uint16Array.from(scaleQuantisers(base, q)) };
}
