import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import { RTP_HEADER_LENGTH, writeRtpHeader } from "../rtp/rtp_header.ts";
import type { FrameHeader } from "../server/server_output.ts";

/** The X bit of the first byte: a header extension follows (RFC 3550 §5.1). */
const EXTENSION_BIT = 0x10;

/**
 * Writes one packet of a frame for one listener.
 *
 * @param index Which of the frame's payloads.
 * @returns The packet's length in bytes.
 * @throws {RangeError} It does not fit into `target` at `offset`.
 */
export function writeRtpPacket(
  target: Uint8Array,
  offset: number,
  frame: PacketizedFrame,
  index: number,
  header: FrameHeader,
): number {
  const payload = frame.payloads[index];
  if (payload === undefined) throw new RangeError(`Cannot write packet ${index}: there is none`);
  writeRtpHeader(target, offset, {
    payloadType: header.payloadType,
    timestamp: header.timestamp,
    ssrc: header.ssrc,
    marker: frame.markLast && index === frame.payloads.length - 1,
    sequence: frame.sequenceStep === "each" ? header.sequence + index : header.sequence,
  });
  if (index === 0 && frame.firstHasExtension === true) {
    target[offset] = (target[offset] ?? 0) | EXTENSION_BIT;
  }
  target.set(payload, offset + RTP_HEADER_LENGTH);
  return RTP_HEADER_LENGTH + payload.length;
}
