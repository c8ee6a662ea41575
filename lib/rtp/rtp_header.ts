/** Length of the header that `writeRtpHeader` writes: no CSRCs, no extension. */
export const RTP_HEADER_LENGTH = 12;

/** The fields of every RTP packet that differ between packets (RFC 3550 §5.1). */
export interface RtpHeader {
  /** For video: whether this packet ends a frame. */
  readonly marker: boolean;
  /** 0 to 127; 26 is JPEG. */
  readonly payloadType: number;
  /** Modulo 2^16. */
  readonly sequence: number;
  /** Sampling instant in ticks of the payload's clock (90 kHz for video), modulo 2^32. */
  readonly timestamp: number;
  /** Who sends: drawn at random, 32 bits. */
  readonly ssrc: number;
}

/**
 * Writes the plain 12-byte header (V=2, no padding, extension or CSRCs) and allocates nothing, so that
 * one buffer and one header object serve all packets of a session.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * ```
 *
 * @param target Has room for 12 bytes at `offset`.
 * @param header Each field is taken modulo its width.
 * @throws {RangeError} The header does not fit into `target`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const datagram = new Uint8Array(12);
 * const header = { marker: true, payloadType: 26, sequence: 65537, timestamp: 90_000, ssrc: 7 };
 * writeRtpHeader(datagram, 0, header);
 * assertEquals(datagram, Uint8Array.of(0x80, 0x9a, 0, 1, 0, 1, 0x5f, 0x90, 0, 0, 0, 7));
 * ```
 */
export function writeRtpHeader(target: Uint8Array, offset: number, header: RtpHeader): void {
  if (offset < 0 || offset + RTP_HEADER_LENGTH > target.length) {
    throw new RangeError(
      `Cannot write RTP header: 12 bytes at ${offset} do not fit into ${target.length}`,
    );
  }
  const { sequence, timestamp, ssrc } = header;
  target[offset] = 0x80;
  target[offset + 1] = (header.marker ? 0x80 : 0) | header.payloadType & 0x7f;
  target[offset + 2] = sequence >>> 8;
  target[offset + 3] = sequence;
  target[offset + 4] = timestamp >>> 24;
  target[offset + 5] = timestamp >>> 16;
  target[offset + 6] = timestamp >>> 8;
  target[offset + 7] = timestamp;
  target[offset + 8] = ssrc >>> 24;
  target[offset + 9] = ssrc >>> 16;
  target[offset + 10] = ssrc >>> 8;
  target[offset + 11] = ssrc;
}
