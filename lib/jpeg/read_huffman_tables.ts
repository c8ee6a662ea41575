import type { ByteReader } from "../bytes/byte_reader.ts";
import { CHROMA_AC_TABLE, CHROMA_DC_TABLE, LUMA_AC_TABLE, LUMA_DC_TABLE } from "./annex_k.ts";
import type { HuffmanTable } from "./huffman_table.ts";
import { endSegment, readSegmentEnd } from "./marker.ts";

/** Most bits of the difference that a DC symbol announces, in any 8- or 12-bit process. */
const MAX_DC_SYMBOL = 15;

const ANNEX_K = [LUMA_DC_TABLE, LUMA_AC_TABLE, CHROMA_DC_TABLE, CHROMA_AC_TABLE];

/**
 * Reads a DHT segment behind its marker (T.81 §B.2.4.2); it may define several tables.
 *
 * @param define Called for each table with its class and the slot (0 to 3) it goes to. A table that
 * equals one of Annex K is that very object; the arrays of others are views of what is read.
 * @throws WireError on a class, slot or length out of range, on more codes than fit their lengths, and
 * on a DC symbol over 15.
 */
export function readHuffmanTables(
  reader: ByteReader,
  define: (kind: "dc" | "ac", slot: number, table: HuffmanTable) => void,
): void {
  const end = readSegmentEnd(reader, "DHT");
  while (reader.offset < end) {
    const at = reader.offset;
    const head = reader.u8("Huffman table number");
    const [kind, slot] = [head >> 4, head & 15];
    if (kind > 1) reader.fail(`Huffman table class is ${kind}, 0 or 1 is wanted`, at);
    if (slot > 3) reader.fail(`Huffman table number is ${slot}, 0 to 3 is wanted`, at);
    const counts = reader.bytes("Huffman code counts", 16);
    const symbols = reader.bytes("Huffman symbols", checkedSum(reader, counts, at));
    const wrong = kind === 0 ? symbols.find((symbol) => symbol > MAX_DC_SYMBOL) : undefined;
    if (wrong !== undefined) reader.fail(`DC table ${slot} has the symbol ${wrong}, over 15`, at);
    define(kind === 0 ? "dc" : "ac", slot, annexKOrOwn({ counts, symbols }));
  }
  endSegment(reader, "DHT", end);
}

/** The number of codes; throws where they do not fit their lengths (T.81 §C.2). */
function checkedSum(reader: ByteReader, counts: Uint8Array, at: number): number {
  let sum = 0;
  let code = 0; // the first free code of this length
  counts.forEach((count, index) => {
    sum += count;
    code = code * 2 + count;
    if (code > 2 << index) reader.fail(`Huffman table has too many codes of ${index + 1} bits`, at);
  });
  if (sum > 256) reader.fail(`Huffman table has ${sum} codes, at most 256 are wanted`, at);
  return sum;
}

function annexKOrOwn(table: HuffmanTable): HuffmanTable {
  return ANNEX_K.find((known) => isEqual(known, table)) ?? table;
}

function isEqual(a: HuffmanTable, b: HuffmanTable): boolean {
  return a.symbols.length === b.symbols.length &&
    a.counts.every((count, i) => count === b.counts[i]) &&
    a.symbols.every((symbol, i) => symbol === b.symbols[i]);
}
