import { joinBytes } from "../bytes/join_bytes.ts";

/** Sender report. */
export const RTCP_SR = 200;
/** Receiver report. */
export const RTCP_RR = 201;
/** Source description. */
export const RTCP_SDES = 202;
/** Goodbye. */
export const RTCP_BYE = 203;
/** What an application defines. */
export const RTCP_APP = 204;

/** Length of the header of every RTCP packet. */
export const RTCP_HEADER_LENGTH = 4;

/** The most that the header's 5-bit count can tell: reports, chunks or sources in one packet. */
export const MAX_RTCP_COUNT = 31;

/**
 * One RTCP packet without padding: header, then the parts.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |  packet type  |  length in words, less one    |
 * ```
 *
 * @param parts A multiple of 4 bytes together.
 * @throws {RangeError} The count or the length does not fit the header.
 */
export function rtcpPacketOf(
  packetType: number,
  count: number,
  parts: readonly Uint8Array[],
): Uint8Array {
  const packet = joinBytes([new Uint8Array(RTCP_HEADER_LENGTH), ...parts]);
  const words = packet.length / 4 - 1;
  if (count > MAX_RTCP_COUNT || !Number.isInteger(words) || words > 0xffff) {
    throw new RangeError(
      `Cannot serialize RTCP packet ${packetType}: count ${count} and ${packet.length} bytes, ` +
        `at most ${MAX_RTCP_COUNT} and a multiple of 4 up to 262144 fit`,
    );
  }
  packet.set([0x80 | count, packetType, words >> 8, words & 0xff]);
  return packet;
}

/** The fields one after another, 32 bits each, as RTCP packets are mostly made of. */
export function wordsOf(...fields: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(fields.length * 4);
  const view = new DataView(bytes.buffer);
  fields.forEach((field, i) => view.setUint32(i * 4, field));
  return bytes;
}
