import { ByteReader } from "../bytes/byte_reader.ts";
import type { RtpHeader } from "../rtp/rtp_header.ts";

/** One packet of a lab server: twelve bytes, then JPEG bytes. */
export interface LabPacket extends RtpHeader {
  /** 2 where the sender follows the text; other programs send 0, 1 and 3. */
  readonly version: number;
  /** A view of the datagram; a whole JPEG, a piece of one, or empty. */
  readonly payload: Uint8Array;
}

/**
 * Reads one datagram of a lab server. The lab's header has always 12 bytes: V, P, X and CC are filled
 * with anything by its programs and mean nothing.
 *
 * @throws {WireError} The datagram is shorter than the header.
 */
export function parseLabPacket(bytes: Uint8Array): LabPacket {
  const reader = new ByteReader("lab RTP packet", bytes);
  const version = reader.u8("version") >> 6;
  const second = reader.u8("payload type");
  return {
    version,
    marker: second >> 7 === 1,
    payloadType: second & 0x7f,
    sequence: reader.u16("sequence number"),
    timestamp: reader.u32("timestamp"),
    ssrc: reader.u32("SSRC"),
    payload: reader.rest(),
  };
}
