import type { ByteReader } from "../bytes/byte_reader.ts";
import type { QuantiserTable } from "../jpeg/quantiser_table.ts";
import { readQuantiserHeader } from "./quantiser_header.ts";
import { quantiserTables } from "./quantiser_tables.ts";

/** The Q of tables that hold for one frame only. */
const Q_OF_ONE_FRAME = 255;

/**
 * Finds the quantiser tables of frames: computed, sent with the frame, or sent before (RFC 2435 §4.2).
 */
export class QuantiserSource {
  /** By Q: 1 to 99 as computed, 128 to 254 as last sent. */
  readonly #known = new Map<number, readonly QuantiserTable[]>();
  /** Of the frame before. */
  #last: readonly QuantiserTable[] | undefined;

  /** The header that was read last, and the tables in it. */
  #read: { readonly bytes: Uint8Array; readonly tables: readonly QuantiserTable[] } | undefined;

  /**
   * Reads the tables that a frame carries; where they are the bytes of the frame before, as they nearly
   * always are, they are the same objects.
   *
   * @param payload What the reader reads.
   * @throws {WireError} See `readQuantiserHeader`.
   */
  read(reader: ByteReader, payload: Uint8Array): readonly QuantiserTable[] {
    const before = this.#read;
    if (before !== undefined && reader.startsWith(before.bytes)) {
      reader.skip("quantiser header", before.bytes.length);
      return before.tables;
    }
    const start = reader.offset;
    const tables = readQuantiserHeader(reader);
    this.#read = { bytes: payload.slice(start, reader.offset), tables };
    return tables;
  }

  /**
   * The tables of a frame.
   *
   * @param q 1 to 99 or 128 to 255; 0 stands for the tables of the frame before (ONVIF).
   * @param sent What its quantiser header carries; none under Q 128.
   * @returns Undefined where Q stands for tables that were not sent.
   */
  tables(q: number, sent: readonly QuantiserTable[]): readonly QuantiserTable[] | undefined {
    const found = q === 0 ? this.#last : sent.length > 0 ? sent : this.#knownTables(q);
    if (sent.length > 0 && q !== Q_OF_ONE_FRAME) this.#known.set(q, sent);
    this.#last = found;
    return found;
  }

  #knownTables(q: number): readonly QuantiserTable[] | undefined {
    if (q < 100 && !this.#known.has(q)) this.#known.set(q, quantiserTables(q));
    return this.#known.get(q);
  }
}
