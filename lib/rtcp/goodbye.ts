import type { ByteReader } from "../bytes/byte_reader.ts";
import { RTCP_BYE, rtcpPacketOf, wordsOf } from "./rtcp_header.ts";

/** Sources that end (RFC 3550 §6.6). */
export interface Goodbye {
  readonly kind: "goodbye";
  /** At most 31; may be empty. */
  readonly ssrcs: readonly number[];
  /** Why, for people; at most 255 bytes, mostly UTF-8. */
  readonly reason?: Uint8Array;
}

/**
 * Reads the body.
 *
 * @param count Of the header: how many sources.
 */
export function readGoodbye(reader: ByteReader, count: number): Goodbye {
  const ssrcs = Array.from({ length: count }, (_, i) => reader.u32(`SSRC ${i}`));
  if (reader.left === 0) return { kind: "goodbye", ssrcs };
  const reason = reader.bytes("reason", reader.u8("reason length"));
  return { kind: "goodbye", ssrcs, reason };
}

/**
 * The whole packet, header and all.
 *
 * @throws {RangeError} The reason is longer than 255 bytes.
 */
export function serializeGoodbye({ ssrcs, reason }: Goodbye): Uint8Array {
  const parts = [wordsOf(...ssrcs)];
  if (reason !== undefined) {
    if (reason.length > 255) {
      throw new RangeError(
        `Cannot serialize BYE: reason of ${reason.length} bytes, at most 255 fit`,
      );
    }
    parts.push(Uint8Array.of(reason.length), reason, new Uint8Array(3 - reason.length % 4));
  }
  return rtcpPacketOf(RTCP_BYE, ssrcs.length, parts);
}
