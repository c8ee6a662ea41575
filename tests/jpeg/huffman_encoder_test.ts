import { assertEquals, assertThrows } from "@std/assert";
import {
  CHROMA_AC_TABLE,
  CHROMA_DC_TABLE,
  LUMA_AC_TABLE,
  LUMA_DC_TABLE,
} from "../../lib/jpeg/annex_k.ts";
import { BitWriter } from "../../lib/jpeg/bit_writer.ts";
import { buildHuffmanCodes, encodeBlock } from "../../lib/jpeg/huffman_encoder.ts";

const LUMA_DC = buildHuffmanCodes(LUMA_DC_TABLE);
const LUMA_AC = buildHuffmanCodes(LUMA_AC_TABLE);

// Codes as printed in T.81 tables K.3 to K.6.
const PRINTED = [
  { name: "LUMA_DC_TABLE", table: LUMA_DC_TABLE, symbol: 0, code: "00" },
  { name: "LUMA_DC_TABLE", table: LUMA_DC_TABLE, symbol: 11, code: "111111110" },
  { name: "CHROMA_DC_TABLE", table: CHROMA_DC_TABLE, symbol: 11, code: "11111111110" },
  { name: "LUMA_AC_TABLE", table: LUMA_AC_TABLE, symbol: 0x00, code: "1010" },
  { name: "LUMA_AC_TABLE", table: LUMA_AC_TABLE, symbol: 0xf0, code: "11111111001" },
  { name: "LUMA_AC_TABLE", table: LUMA_AC_TABLE, symbol: 0x53, code: "1111111110011110" },
  { name: "LUMA_AC_TABLE", table: LUMA_AC_TABLE, symbol: 0xfa, code: "1111111111111110" },
  { name: "CHROMA_AC_TABLE", table: CHROMA_AC_TABLE, symbol: 0x00, code: "00" },
  { name: "CHROMA_AC_TABLE", table: CHROMA_AC_TABLE, symbol: 0xf0, code: "1111111010" },
  { name: "CHROMA_AC_TABLE", table: CHROMA_AC_TABLE, symbol: 0xfa, code: "1111111111111110" },
];
for (const { name, table, symbol, code } of PRINTED) {
  Deno.test(`buildHuffmanCodes() gives ${name}'s symbol ${symbol} its printed code`, () => {
    assertEquals(buildHuffmanCodes(table)[symbol], parseInt(code, 2) << 8 | code.length);
  });
}

const NO_TABLES: [string, number[], number[], string][] = [
  ["15 counts", new Array(15).fill(0), [], "15 counts of the sum 0 and 0 symbols"],
  [
    "a symbol too few",
    [0, 2, ...new Array(14).fill(0)],
    [1],
    "16 counts of the sum 2 and 1 symbols",
  ],
  ["three codes of a bit", [3, ...new Array(15).fill(0)], [1, 2, 3], "too many codes of 1 bits"],
];
for (const [name, counts, symbols, message] of NO_TABLES) {
  Deno.test(`buildHuffmanCodes() refuses ${name}`, () => {
    const table = { counts: Uint8Array.from(counts), symbols: Uint8Array.from(symbols) };
    assertThrows(() => buildHuffmanCodes(table), RangeError, message);
  });
}

const BLOCKS: { name: string; prediction: number; at: Record<number, number>; bits: string }[] = [
  { name: "an empty block", prediction: 0, at: {}, bits: "00 1010" },
  { name: "an unchanged DC", prediction: 7, at: { 0: 7 }, bits: "00 1010" },
  { name: "a DC that rises by 5", prediction: 2, at: { 0: 7 }, bits: "100 101 1010" },
  { name: "a DC that falls by 5", prediction: 7, at: { 0: 2 }, bits: "100 010 1010" },
  {
    name: "the largest difference",
    prediction: -1024,
    at: { 0: 1023 },
    bits: "111111110 11111111111 1010",
  },
  { name: "AC right behind", prediction: 0, at: { 1: 1, 2: -1 }, bits: "00 001 000 1010" },
  { name: "AC after 5 zeros", prediction: 0, at: { 6: -2 }, bits: "00 11111110111 01 1010" },
  {
    name: "AC after 61 zeros, which ends the block by itself",
    prediction: 0,
    at: { 63: 1 },
    bits: "00 11111111001 11111111001 11111111001 1111111111101011 1",
  },
  {
    name: "the largest AC in the longest code",
    prediction: 0,
    at: { 16: -1023 },
    bits: "00 1111111111111110 0000000000 1010",
  },
];
for (const { name, prediction, at, bits } of BLOCKS) {
  Deno.test(`encodeBlock() writes ${name}`, () => {
    const coefficients = new Int16Array(192).fill(99);
    coefficients.fill(0, 64, 128);
    for (const [place, value] of Object.entries(at)) coefficients[64 + Number(place)] = value;
    const writer = new BitWriter();
    const dc = encodeBlock(writer, coefficients, 64, prediction, LUMA_DC, LUMA_AC);
    const wanted = new BitWriter();
    for (const bit of bits.replaceAll(" ", "")) wanted.write(Number(bit), 1);
    assertEquals(writer.finish(), wanted.finish());
    assertEquals(dc, at[0] ?? 0);
  });
}

const TOO_LARGE: [string, number, number, string][] = [
  ["a DC difference of 12 bits", 0, 2048, "coefficient 2048 after 0 zeros"],
  ["an AC coefficient of 11 bits", 4, -1024, "coefficient -1024 after 3 zeros"],
  ["an AC coefficient of 16 bits", 1, -32768, "coefficient -32768 after 0 zeros"],
];
for (const [name, place, value, message] of TOO_LARGE) {
  Deno.test(`encodeBlock() refuses ${name} that annex K has no code for`, () => {
    const coefficients = new Int16Array(64);
    coefficients[place] = value;
    assertThrows(
      () => encodeBlock(new BitWriter(), coefficients, 0, 0, LUMA_DC, LUMA_AC),
      RangeError,
      message,
    );
  });
}
