import type { ByteReader } from "../bytes/byte_reader.ts";
import { rtcpPacketOf } from "./rtcp_header.ts";

/** A packet of a type that we do not know: feedback, extended reports. Kept raw, and no error. */
export interface UnknownRtcp {
  readonly kind: "unknown";
  readonly packetType: number;
  /** What stands in place of the count: 0 to 31. */
  readonly count: number;
  /** Behind the header, without padding; a multiple of 4 bytes. */
  readonly body: Uint8Array;
}

/** Reads the body. */
export function readUnknownRtcp(
  reader: ByteReader,
  count: number,
  packetType: number,
): UnknownRtcp {
  return { kind: "unknown", packetType, count, body: reader.rest() };
}

/** The whole packet, header and all. */
export function serializeUnknownRtcp({ packetType, count, body }: UnknownRtcp): Uint8Array {
  return rtcpPacketOf(packetType, count, [body]);
}
