import type { BitSource } from "./bit_source.ts";
import { type DecodeTable, extendSign, LOOK_BITS } from "./decode_table.ts";
import { SKIP_BITS, type SkipTable } from "./skip_table.ts";

const LOOK_MASK = (1 << LOOK_BITS) - 1;
const SKIP_MASK = (1 << SKIP_BITS) - 1;
const ZRL = 0xf0;

/**
 * Decodes one block of a sequential scan (T.81 §F.2.2).
 *
 * @param out Its 64 coefficients from `offset` on are set, in zig-zag order; they have to be 0 before.
 * @param prediction The block's before in this component, or 0.
 * @returns The block's DC coefficient.
 * @throws WireError on bits that are no code, and on a 65th coefficient.
 */
export function decodeSequentialBlock(
  source: BitSource,
  dc: DecodeTable,
  ac: DecodeTable,
  out: Int16Array,
  offset: number,
  prediction: number,
): number {
  const value = prediction + decodeDifference(source, dc);
  out[offset] = value;
  const { bytes } = source;
  const { look } = ac;
  let { at, bits, count } = source;
  for (let k = 1; k < 64; k++) {
    if (count < 16) {
      bits = bits << 16 | (bytes[at] as number) << 8 | bytes[at + 1] as number;
      at += 2;
      count += 16;
    }
    let entry = look[bits >>> count - LOOK_BITS & LOOK_MASK] as number;
    if (entry === 0) entry = source.search(ac, bits >>> count - 16 & 0xffff);
    count -= entry & 0xff;
    let coefficient = entry >> 16;
    if (coefficient !== 0) {
      k += entry >> 8 & 15;
    } else {
      const size = entry >> 8 & 15;
      if (size === 0) {
        if (entry >> 8 !== ZRL) break; // end of block
        k += 15;
        continue;
      }
      k += entry >> 12;
      if (count < 16) {
        bits = bits << 16 | (bytes[at] as number) << 8 | bytes[at + 1] as number;
        at += 2;
        count += 16;
      }
      count -= size;
      coefficient = extendSign(bits >>> count & (1 << size) - 1, size);
    }
    if (k > 63) source.fail(`a block has a coefficient ${k}, at most 63 are wanted`);
    out[offset + k] = coefficient;
  }
  source.at = at;
  source.bits = bits;
  source.count = count;
  return value;
}

/**
 * Decodes the DC coefficient of a block and passes over the others, several at once where their codes
 * are short.
 *
 * @param skips Made of `ac`.
 * @returns The block's DC coefficient.
 * @throws WireError on bits that are no code.
 */
export function decodeDcOnly(
  source: BitSource,
  dc: DecodeTable,
  ac: DecodeTable,
  skips: SkipTable,
  prediction: number,
): number {
  const value = prediction + decodeDifference(source, dc);
  const { bytes } = source;
  let { at, bits, count } = source;
  for (let k = 1; k < 64;) {
    if (count < 16) {
      bits = bits << 16 | (bytes[at] as number) << 8 | bytes[at + 1] as number;
      at += 2;
      count += 16;
    }
    const skip = skips[bits >>> count - SKIP_BITS & SKIP_MASK] as number;
    const behind = k + (skip >> 8 & 0xff);
    const ends = skip >> 16;
    // What would reach over the last coefficient belongs to the next block in part.
    if (skip !== 0 && behind + ends <= 64) {
      count -= skip & 0xff;
      if (ends !== 0) break;
      k = behind;
      continue;
    }
    const next = bits >>> count - 16 & 0xffff;
    let entry = ac.look[next >> 16 - LOOK_BITS] as number;
    if (entry === 0) entry = source.search(ac, next);
    count -= entry & 0xff;
    if (entry >> 16 !== 0) {
      k += 1 + (entry >> 8 & 15);
      continue;
    }
    const size = entry >> 8 & 15;
    if (size === 0 && entry >> 8 !== ZRL) break; // end of block
    k += 1 + (entry >> 12);
    if (count < size) {
      bits = bits << 16 | (bytes[at] as number) << 8 | bytes[at + 1] as number;
      at += 2;
      count += 16;
    }
    count -= size;
  }
  source.at = at;
  source.bits = bits;
  source.count = count;
  return value;
}

/** The DC difference to the block before (T.81 §F.2.2.1). */
export function decodeDifference(source: BitSource, dc: DecodeTable): number {
  const entry = source.next(dc);
  if (entry >> 16 !== 0) return entry >> 16;
  return entry >> 8 === 0 ? 0 : source.takeSigned(entry >> 8);
}
