import type { BitWriter } from "./bit_writer.ts";
import type { HuffmanTable } from "./huffman_table.ts";

/** End of block, and a run of 16 zeros (T.81 §F.1.2.2.1). */
const [EOB, ZRL] = [0x00, 0xf0];

/**
 * By symbol, 256 entries: `code << 8 | length in bits`, so the code 110 is `0b110 << 8 | 3`; 0 where
 * the table has no such symbol.
 */
export type HuffmanCodes = Int32Array;

/**
 * The code of each symbol of a table (T.81 annex C).
 *
 * @throws {RangeError} The table is not one: other than 16 counts, as many symbols as they do not
 * add up to, or more codes of a length than there can be.
 */
export function buildHuffmanCodes(table: HuffmanTable): HuffmanCodes {
  const { counts, symbols } = table;
  const sum = counts.reduce((a, b) => a + b, 0);
  if (counts.length !== 16 || sum !== symbols.length) {
    throw new RangeError(
      `Cannot build Huffman codes: ${counts.length} counts of the sum ${sum} ` +
        `and ${symbols.length} symbols, 16 counts of that sum wanted`,
    );
  }
  const codes = new Int32Array(256);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    for (let left = counts[length - 1] as number; left > 0; left--) {
      codes[symbols[next++] as number] = code++ << 8 | length;
    }
    if (code > 1 << length) {
      throw new RangeError(`Cannot build Huffman codes: too many codes of ${length} bits`);
    }
    code <<= 1;
  }
  return codes;
}

/**
 * Writes one block of a sequential scan (T.81 §F.1.2); allocates nothing.
 *
 * @param coefficients Quantised, in zig-zag order, the block's 64 from `offset` on.
 * @param prediction The DC coefficient of the component's block before, or 0 at the start of a scan
 * and after a restart.
 * @returns The block's DC coefficient: the prediction for the next block of this component.
 * @throws {RangeError} The tables have no code for a coefficient. Those of annex K take DC
 * differences from -2047 to 2047 and AC coefficients from -1023 to 1023 in any run: whoever takes
 * coefficients from a file looks that they are in this range. The writer then holds a part of the
 * block.
 */
export function encodeBlock(
  writer: BitWriter,
  coefficients: Int16Array,
  offset: number,
  prediction: number,
  dcCodes: HuffmanCodes,
  acCodes: HuffmanCodes,
): number {
  const dc = coefficients[offset] as number;
  writeValue(writer, dcCodes, 0, dc - prediction);
  let last = offset + 63;
  while (last > offset && coefficients[last] === 0) last--;
  let run = 0;
  for (let at = offset + 1; at <= last; at++) {
    const value = coefficients[at] as number;
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) writeSymbol(writer, acCodes, ZRL);
    writeValue(writer, acCodes, run << 4, value);
    run = 0;
  }
  if (last < offset + 63) writeSymbol(writer, acCodes, EOB);
  return dc;
}

/** The symbol of the run (in its upper half) and the value's size, then the value's own bits. */
function writeValue(writer: BitWriter, codes: HuffmanCodes, run: number, value: number): void {
  const size = 32 - Math.clz32(value < 0 ? -value : value);
  const entry = size > 15 ? 0 : codes[run | size] as number;
  if (entry === 0) fail(run, value);
  const length = entry & 0xff;
  // Below zero: the bits of value - 1, so that they begin with a 0 (T.81 §F.1.2.1.1).
  const bits = value + (value >> 31) & (1 << size) - 1;
  if (length + size <= 24) {
    writer.write(entry >> 8 << size | bits, length + size);
  } else {
    writer.write(entry >> 8, length);
    writer.write(bits, size);
  }
}

function writeSymbol(writer: BitWriter, codes: HuffmanCodes, symbol: number): void {
  const entry = codes[symbol] as number;
  if (entry === 0) fail(symbol, 0);
  writer.write(entry >> 8, entry & 0xff);
}

function fail(run: number, value: number): never {
  throw new RangeError(
    `Cannot encode coefficient ${value} after ${
      run >> 4
    } zeros: the Huffman table has no code for it`,
  );
}
