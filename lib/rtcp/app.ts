import type { ByteReader } from "../bytes/byte_reader.ts";
import { RTCP_APP, rtcpPacketOf, wordsOf } from "./rtcp_header.ts";

/** What an application defined for itself (RFC 3550 §6.7). */
export interface App {
  readonly kind: "app";
  /** 0 to 31. */
  readonly subtype: number;
  readonly ssrc: number;
  /** Four bytes, meant as ASCII, as a number. */
  readonly name: number;
  /** A multiple of 4 bytes. */
  readonly data: Uint8Array;
}

/**
 * Reads the body.
 *
 * @param count Of the header: here the subtype.
 */
export function readApp(reader: ByteReader, count: number): App {
  return {
    kind: "app",
    subtype: count,
    ssrc: reader.u32("SSRC"),
    name: reader.u32("name"),
    data: reader.rest(),
  };
}

/** The whole packet, header and all. */
export function serializeApp({ subtype, ssrc, name, data }: App): Uint8Array {
  return rtcpPacketOf(RTCP_APP, subtype, [wordsOf(ssrc, name), data]);
}
