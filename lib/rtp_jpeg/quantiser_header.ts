import type { ByteReader } from "../bytes/byte_reader.ts";
import type { QuantiserTable } from "../jpeg/quantiser_table.ts";

/** Bytes of a quantiser header without its tables. */
export const QUANTISER_HEADER_LENGTH = 4;

/** Most tables that a JPEG can name. */
const MAX_TABLES = 4;

/**
 * Reads the quantisation table header with its tables, which stands in the packet at offset 0 where
 * Q is 128 or more (RFC 2435 §3.1.8).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      MBZ      |   Precision   |             Length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Quantization Table Data                    |
 * |                              ...                              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 *
 * @returns The tables in order: luma, chroma, and up to two more that types 0 and 1 do not use; none
 * where the sender counts on those that it sent before under the same Q.
 * @throws WireError where the length is not that of one to four whole tables (64 bytes, or 128 where
 * the table's precision bit is set), or a quantiser is 0.
 */
export function readQuantiserHeader(reader: ByteReader): QuantiserTable[] {
  reader.skip("MBZ", 1);
  const precision = reader.u8("precision");
  const start = reader.offset;
  const length = reader.u16("quantiser tables' length");
  const end = reader.offset + length;
  const tables: QuantiserTable[] = [];
  while (reader.offset < end) {
    const wide = (precision >> tables.length & 1) === 1;
    if (tables.length === MAX_TABLES || reader.offset + (wide ? 128 : 64) > end) {
      reader.fail(`${length} bytes are no whole quantiser tables of precision ${precision}`, start);
    }
    tables.push(readTable(reader, wide));
  }
  return tables;
}

function readTable(reader: ByteReader, wide: boolean): QuantiserTable {
  const start = reader.offset;
  const bytes = reader.bytes("quantiser table", wide ? 128 : 64);
  const values = new Uint16Array(64);
  for (let i = 0; i < 64; i++) {
    values[i] = wide
      ? (bytes[2 * i] as number) << 8 | bytes[2 * i + 1] as number
      : bytes[i] as number;
  }
  const zero = values.indexOf(0);
  if (zero >= 0) reader.fail(`quantiser ${zero} is 0`, start + zero * (wide ? 2 : 1));
  return { precision: wide ? 16 : 8, values };
}

/**
 * The quantisation table header with its tables.
 *
 * @param tables Luma, then chroma; none to count on those sent before (Q 128 to 254 only).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const table = { precision: 8, values: new Uint16Array(64).fill(16) } as const;
 * const bytes = serializeQuantiserHeader([table, table]);
 * assertEquals(bytes.subarray(0, 6), Uint8Array.of(0, 0, 0, 128, 16, 16));
 * assertEquals(bytes.length, 132);
 * ```
 */
export function serializeQuantiserHeader(tables: readonly QuantiserTable[]): Uint8Array {
  const bytes: number[] = [];
  let precision = 0;
  tables.forEach((table, index) => {
    if (table.precision === 16) precision |= 1 << index;
    for (const value of table.values) {
      if (table.precision === 16) bytes.push(value >> 8);
      bytes.push(value & 0xff);
    }
  });
  return Uint8Array.of(0, precision, bytes.length >> 8, bytes.length, ...bytes);
}
