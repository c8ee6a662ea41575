import type { HuffmanTable } from "./huffman_table.ts";

/** How many bits index the table `look`. */
export const LOOK_BITS = 10;

/** A Huffman table made for decoding. */
export interface DecodeTable {
  /**
   * By the next `LOOK_BITS` bits. With a value other than 0 in the upper 16 bits: that coefficient,
   * the run of zeros before it in bits 8 to 11, and the bits that code and coefficient take together in
   * the lowest 8. With 0 there: the symbol in bits 8 to 15, and the bits of its code. 0: a longer code.
   */
  readonly look: Int32Array;
  /** By code length: the first 16-bit number that is above all codes up to this length. */
  readonly limits: Int32Array;
  /** By code length: what to add to a code to have its place in `symbols`. */
  readonly places: Int32Array;
  readonly symbols: Uint8Array;
}

const KNOWN = new WeakMap<HuffmanTable, DecodeTable>();

/**
 * The table for decoding (T.81 §F.2.2.3), made once for each table object.
 *
 * @param table As `parseJpegImage` gives it: its codes fit their lengths.
 */
export function decodeTableOf(table: HuffmanTable): DecodeTable {
  const known = KNOWN.get(table);
  if (known !== undefined) return known;
  const { counts, symbols } = table;
  const look = new Int32Array(1 << LOOK_BITS);
  const limits = new Int32Array(17);
  const places = new Int32Array(17);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] as number;
    places[length] = next - code;
    for (let i = 0; i < count; i++) {
      if (length <= LOOK_BITS) fillLook(look, code + i, length, symbols[next + i] as number);
    }
    code += count;
    next += count;
    limits[length] = code << 16 - length;
    code <<= 1;
  }
  const made = { look, limits, places, symbols };
  KNOWN.set(table, made);
  return made;
}

/** Writes all entries that begin with the code. */
function fillLook(look: Int32Array, code: number, length: number, symbol: number): void {
  const free = LOOK_BITS - length;
  const size = symbol & 15;
  const first = code << free;
  for (let tail = 0; tail < 1 << free; tail++) {
    let entry = symbol << 8 | length;
    if (size > 0 && size <= free) {
      const value = extendSign(tail >> free - size, size);
      entry = value << 16 | symbol >> 4 << 8 | length + size;
    }
    look[first + tail] = entry;
  }
}

/** The signed number that `size` bits stand for (T.81 §F.2.2.1, EXTEND). */
export function extendSign(bits: number, size: number): number {
  return bits < 1 << size - 1 ? bits - (1 << size) + 1 : bits;
}
