import type { BitSource } from "./bit_source.ts";
import type { DecodeTable } from "./decode_table.ts";

/** Where a progressive AC scan is (T.81 §G.1.2). */
export interface ProgressiveBand {
  /** First and last coefficient, in zig-zag order. */
  readonly start: number;
  readonly end: number;
  /** The lowest bit that the scan brings. */
  readonly bit: number;
  readonly table: DecodeTable;
  /** How many blocks, from the next on, have no further coefficients in this band. */
  endRun: number;
}

/**
 * Decodes the band of a block in its first scan (T.81 §G.1.2.2).
 *
 * @throws WireError on bits that are no code, and on a coefficient behind the band.
 */
export function decodeFirstAc(
  source: BitSource,
  band: ProgressiveBand,
  out: Int16Array,
  offset: number,
): void {
  if (band.endRun > 0) {
    band.endRun--;
    return;
  }
  for (let k = band.start; k <= band.end; k++) {
    const entry = source.next(band.table);
    const value = entry >> 16;
    const run = value !== 0 ? entry >> 8 & 15 : entry >> 12;
    const size = entry >> 8 & 15; // of the value if it is still to be taken
    if (value === 0 && size === 0 && run < 15) {
      band.endRun = (1 << run) - 1 + source.take(run);
      return;
    }
    k += run;
    if (value === 0 && size === 0) continue;
    if (k > band.end) source.fail(`a band that ends with ${band.end} has a coefficient ${k}`);
    out[offset + k] = (value !== 0 ? value : source.takeSigned(size)) << band.bit;
  }
}

/**
 * Decodes one more bit of a block's band (T.81 §G.1.2.3).
 *
 * @throws WireError on bits that are no code, and on a coefficient behind the band.
 */
export function refineAc(
  source: BitSource,
  band: ProgressiveBand,
  out: Int16Array,
  offset: number,
): void {
  const one = 1 << band.bit;
  let k = band.start;
  while (band.endRun === 0 && k <= band.end) {
    const entry = source.next(band.table);
    let value = entry >> 16;
    const run = value !== 0 ? entry >> 8 & 15 : entry >> 12;
    const size = entry >> 8 & 15; // of the value if it is still to be taken
    if (value === 0 && size === 0 && run < 15) {
      band.endRun = (1 << run) + source.take(run);
      break;
    }
    if (value === 0 && size > 0) value = source.takeSigned(size);
    if (value < -1 || value > 1) source.fail(`a refined coefficient is ${value}, 1 bit is wanted`);
    k = refineRun(source, band, out, offset, k, run);
    if (value !== 0) {
      if (k > band.end) source.fail(`a band that ends with ${band.end} has a coefficient ${k}`);
      out[offset + k] = value * one;
    }
    k++;
  }
  if (band.endRun > 0) {
    refineRun(source, band, out, offset, k, 64);
    band.endRun--;
  }
}

/** Refines from `k` on until `zeros` zeros are passed and one more is found; where that one is. */
function refineRun(
  source: BitSource,
  band: ProgressiveBand,
  out: Int16Array,
  offset: number,
  k: number,
  zeros: number,
): number {
  const one = 1 << band.bit;
  for (let left = zeros; k <= band.end; k++) {
    const value = out[offset + k] as number;
    if (value === 0) {
      if (left-- === 0) break;
    } else if (source.take(1) === 1) {
      out[offset + k] = value + (value > 0 ? one : -one);
    }
  }
  return k;
}
