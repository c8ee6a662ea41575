import type { PacketizedFrame } from "../../lib/rtp/packetized_frame.ts";
import type { FrameHeader } from "../../lib/server/server_output.ts";
import type { FrameOutput } from "../../lib/sockets/frame_output.ts";
import { writeRtpPacket } from "../../lib/sockets/write_rtp_packet.ts";

/** A frame with payloads of these lengths; each byte depends on the packet and the place in it. */
export function sampleFrame(
  lengths: readonly number[],
  rest: Partial<PacketizedFrame> = {},
): PacketizedFrame {
  return {
    payloads: lengths.map((length, packet) =>
      Uint8Array.from({ length }, (_, index) => packet * 31 + index * 7)
    ),
    octets: lengths.reduce((sum, length) => sum + length, 0),
    markLast: true,
    sequenceStep: "each",
    ...rest,
  };
}

/** `count` lengths: all `full` but the last. */
export function lengthsOf(count: number, full: number, last: number = full): number[] {
  return Array.from({ length: count }, (_, index) => index === count - 1 ? last : full);
}

/** A header whose sequence number wraps within any frame of more than six packets. */
export const SAMPLE_HEADER: FrameHeader = {
  payloadType: 26,
  sequence: 65_530,
  timestamp: 0xfedc_ba98,
  ssrc: 0x8123_4567,
};

/** A frame to one listener. */
export function sampleOutput(
  frame: PacketizedFrame,
  port: number,
  rest: Partial<FrameOutput> = {},
): FrameOutput {
  const route = { kind: "udp", address: "127.0.0.1", port } as const;
  return { kind: "frame", session: "s", route, header: SAMPLE_HEADER, frame, ...rest };
}

/** The datagrams that a frame has to come to. */
export function datagramsOf({ frame, header }: FrameOutput): Uint8Array[] {
  return frame.payloads.map((payload, index) => {
    const datagram = new Uint8Array(12 + payload.length);
    writeRtpPacket(datagram, 0, frame, index, header);
    return datagram;
  });
}
