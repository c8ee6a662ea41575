import type { ByteReader } from "../bytes/byte_reader.ts";

/** Bytes of the main header. */
export const PAYLOAD_HEADER_LENGTH = 8;

/** Largest width or height that the main header can say, in pixels. */
export const MAX_HEADER_DIMENSION = 255 * 8;

/** The main header of each RTP/JPEG packet (RFC 2435 §3.1). */
export interface PayloadHeader {
  /** 0: progressively scanned, the only kind that is carried; 1 to 3: fields (§4.1). */
  readonly typeSpecific: number;
  /** Where in the frame's scan data the packet's data begins, 24 bits. */
  readonly fragmentOffset: number;
  /** 0: 4:2:2, 1: 4:2:0; plus 64 where a restart header follows (§3.1.3). */
  readonly type: number;
  /** 1 to 99: computed tables; 128 to 255: tables in the stream; others are reserved (§3.1.4). */
  readonly q: number;
  /** In pixels: a multiple of 8 up to 2040, 0 where the header cannot or does not say (§3.1.5). */
  readonly width: number;
  /** As the width (§3.1.6). */
  readonly height: number;
}

/**
 * Reads a main header; which types and Qs are taken is the depacketizer's to say.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Type-specific |              Fragment Offset                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Type     |       Q       |   Width / 8   |   Height / 8  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 *
 * @throws WireError under 8 bytes.
 */
export function readPayloadHeader(reader: ByteReader): PayloadHeader {
  return {
    typeSpecific: reader.u8("type-specific"),
    fragmentOffset: reader.u24("fragment offset"),
    type: reader.u8("type"),
    q: reader.u8("Q"),
    width: reader.u8("width") * 8,
    height: reader.u8("height") * 8,
  };
}

/**
 * The 8 bytes of a main header.
 *
 * @throws {RangeError} The fragment offset is over 24 bits, or a dimension is over 2040 or no
 * multiple of 8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   serializePayloadHeader({
 *     ...{ typeSpecific: 0, fragmentOffset: 1400, type: 1, q: 255, width: 384, height: 288 },
 *   }),
 *   Uint8Array.of(0, 0, 0x05, 0x78, 1, 255, 48, 36),
 * );
 * ```
 */
export function serializePayloadHeader(header: PayloadHeader): Uint8Array {
  const { typeSpecific, fragmentOffset, type, q, width, height } = header;
  if (fragmentOffset > 0xffffff) {
    throw new RangeError(
      `Cannot write RTP/JPEG header: fragment offset ${fragmentOffset} is over 24 bits`,
    );
  }
  for (const pixels of [width, height]) {
    if (pixels % 8 !== 0 || pixels > MAX_HEADER_DIMENSION) {
      throw new RangeError(
        `Cannot write RTP/JPEG header: ${width} x ${height} are no multiples of 8 up to 2040`,
      );
    }
  }
  return Uint8Array.of(
    typeSpecific,
    ...[fragmentOffset >> 16, fragmentOffset >> 8, fragmentOffset],
    ...[type, q, width / 8, height / 8],
  );
}
