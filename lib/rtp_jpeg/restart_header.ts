import type { ByteReader } from "../bytes/byte_reader.ts";

/** Bytes of a restart header. */
export const RESTART_HEADER_LENGTH = 4;

/** The restart count that says: put the whole frame together before decoding (RFC 2435 §3.1.7). */
export const WHOLE_FRAME = 0x3fff;

/** The restart header of types 64 to 127, in each packet of a frame (RFC 2435 §3.1.7). */
export interface RestartHeader {
  /** MCUs between restart markers, as DRI has it. */
  readonly interval: number;
  /** Whether the packet begins a chunk of restart intervals (F). */
  readonly first: boolean;
  /** Whether the packet ends a chunk (L). */
  readonly last: boolean;
  /** Position of the chunk's first interval, 14 bits; `WHOLE_FRAME` where chunks are not told. */
  readonly count: number;
}

/**
 * Reads a restart header.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |       Restart Interval        |F|L|       Restart Count       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 *
 * @throws WireError under 4 bytes.
 */
export function readRestartHeader(reader: ByteReader): RestartHeader {
  const interval = reader.u16("restart interval");
  const chunk = reader.u16("restart count");
  const [first, last] = [(chunk & 0x8000) !== 0, (chunk & 0x4000) !== 0];
  return { interval, first, last, count: chunk & 0x3fff };
}

/**
 * The 4 bytes of a restart header.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   serializeRestartHeader({ interval: 24, first: true, last: true, count: WHOLE_FRAME }),
 *   Uint8Array.of(0, 24, 0xff, 0xff),
 * );
 * ```
 */
export function serializeRestartHeader(header: RestartHeader): Uint8Array {
  const { interval, first, last, count } = header;
  const chunk = (first ? 0x8000 : 0) | (last ? 0x4000 : 0) | count;
  return Uint8Array.of(interval >> 8, interval, chunk >> 8, chunk);
}
