import { BLOCK_HEADER_LENGTH, writeInterleavedHeader } from "../rtsp/interleaved_block.ts";
import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import type { FrameHeader } from "../server/server_output.ts";
import { writeRtpPacket } from "./write_rtp_packet.ts";

/**
 * All packets of a frame as blocks of one channel (RFC 2326 §10.12), for one write.
 *
 * @param take Where the bytes come from: so many, with anything in them.
 */
export function interleaveFrame(
  channel: number,
  frame: PacketizedFrame,
  header: FrameHeader,
  take: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Uint8Array {
  let length = 0;
  for (const payload of frame.payloads) {
    length += BLOCK_HEADER_LENGTH + RTP_HEADER_LENGTH + payload.length;
  }
  const blocks = take(length);
  let offset = 0;
  frame.payloads.forEach((payload, index) => {
    writeInterleavedHeader(blocks, offset, channel, RTP_HEADER_LENGTH + payload.length);
    offset += BLOCK_HEADER_LENGTH;
    offset += writeRtpPacket(blocks, offset, frame, index, header);
  });
  return blocks;
}
