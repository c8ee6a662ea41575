import type { ByteReader } from "../bytes/byte_reader.ts";
import { endSegment, readSegmentEnd } from "./marker.ts";

/** A quantiser table (T.81 §B.2.4.1). */
export interface QuantiserTable {
  /** Bits of each value on the wire. */
  readonly precision: 8 | 16;
  /** 64 values from 1, in zig-zag order. */
  readonly values: Uint16Array;
}

/**
 * Reads a DQT segment behind its marker; it may define several tables.
 *
 * @param define Called for each table with the slot (0 to 3) it goes to.
 * @throws WireError on a slot, precision or length out of range, and on a value of 0.
 */
export function readQuantiserTables(
  reader: ByteReader,
  define: (slot: number, table: QuantiserTable) => void,
): void {
  const end = readSegmentEnd(reader, "DQT");
  while (reader.offset < end) {
    const at = reader.offset;
    const head = reader.u8("quantiser table number");
    const [wide, slot] = [head >> 4, head & 15];
    if (wide > 1) reader.fail(`quantiser precision is ${wide}, 0 or 1 is wanted`, at);
    if (slot > 3) reader.fail(`quantiser table number is ${slot}, 0 to 3 is wanted`, at);
    const values = new Uint16Array(64);
    for (let i = 0; i < 64; i++) {
      const value = wide === 1 ? reader.u16("quantiser") : reader.u8("quantiser");
      if (value === 0) reader.fail(`quantiser ${i} of table ${slot} is 0`, reader.offset - 1);
      values[i] = value;
    }
    define(slot, { precision: wide === 1 ? 16 : 8, values });
  }
  endSegment(reader, "DQT", end);
}
