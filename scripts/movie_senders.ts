import { carryFrame } from "../lib/server/carry_frame.ts";
import { RTP_HEADER_LENGTH } from "../lib/rtp/rtp_header.ts";
import { sequenceCount } from "../lib/rtp/packetized_frame.ts";
import { DEFAULT_PACKET_SIZE } from "../lib/rtp_jpeg/packetize_jpeg.ts";
import { parseXDimensions, type PictureSize } from "../lib/sdp/picture_size.ts";
import { writeRtpPacket } from "../lib/sockets/write_rtp_packet.ts";
import { PEERS, type PeerSpec } from "../tests/interop/peers.ts";
import { runProgram } from "../tests/interop/run_program.ts";

const HOST = "127.0.0.1";
const FRAME_TICKS = 90_000 / 20;
const FRAME_MS = 50;

/** A movie to be sent. */
export interface MovieToSend {
  /** An AVI file of 20 frames a second. */
  readonly file: string;
  /** The same frames. */
  readonly frames: readonly Uint8Array[];
  readonly size: PictureSize;
}

/** What a sender said. */
export interface SenderWords {
  /** The picture's size, as its session description gives it. */
  readonly announced: PictureSize | undefined;
  /** Its first complaint. */
  readonly complaint: string | undefined;
}

/** Something that sends movies by RTP to a port of this machine. */
export interface MovieSender {
  /** The table's column. */
  readonly name: string;
  /** `undefined`: we ourselves. */
  readonly peer: PeerSpec | undefined;
  /** Ends when all is sent. */
  send(movie: MovieToSend, port: number): Promise<SenderWords>;
}

/** The table's columns, in its order. */
export const MOVIE_SENDERS: readonly MovieSender[] = [
  { name: PEERS.ffmpeg.name, peer: PEERS.ffmpeg, send: sendByFfmpeg },
  { name: PEERS.gstreamer.name, peer: PEERS.gstreamer, send: sendByGstreamer },
  { name: "Zoetrope", peer: undefined, send: sendByOurs },
];

async function sendByFfmpeg({ file }: MovieToSend, port: number): Promise<SenderWords> {
  const { stdout, stderr } = await runProgram("ffmpeg", [
    ...["-hide_banner", "-nostdin", "-v", "warning", "-re", "-i", file],
    ...["-c", "copy", "-f", "rtp", `rtp://${HOST}:${port}`],
  ], { mayFail: true });
  return words(new TextDecoder().decode(stdout), /\[rtp @ \w+\] (.*)/.exec(stderr));
}

async function sendByGstreamer({ file }: MovieToSend, port: number): Promise<SenderWords> {
  const { stdout, stderr } = await runProgram("gst-launch-1.0", [
    ...["-v", "filesrc", `location=${file}`, "!", "avidemux", "!", "jpegparse", "!"],
    ...["rtpjpegpay", "!", "udpsink", `host=${HOST}`, `port=${port}`],
  ], { mayFail: true });
  const said = new TextDecoder().decode(stdout);
  return words(said, /(?:WARNING|ERROR): from element \S+: (.*)/.exec(said + stderr));
}

/** Reads `a=x-dimensions:W,H` of SDP and `x-dimensions=(string)"W\,H"` of GStreamer's caps. */
function words(description: string, complaint: RegExpExecArray | null): SenderWords {
  const [, width, height] = /\bx-dimensions\D+(\d+)\\?,(\d+)/.exec(description) ?? [];
  return {
    announced: width === undefined ? undefined : parseXDimensions(`${width},${height}`),
    complaint: complaint?.[1]?.replace(/\.$/, ""),
  };
}

/** Sends as the server does, whose session description always has the size. */
async function sendByOurs({ frames, size }: MovieToSend, port: number): Promise<SenderWords> {
  const socket = Deno.listenDatagram({ hostname: HOST, port: 0, transport: "udp" });
  const to = { transport: "udp", hostname: HOST, port } as const;
  let [sequence, timestamp] = [1, 1];
  for (const jpeg of frames) {
    const frame = carryFrame(jpeg, DEFAULT_PACKET_SIZE);
    for (const [index, payload] of frame.payloads.entries()) {
      const datagram = new Uint8Array(RTP_HEADER_LENGTH + payload.length);
      writeRtpPacket(datagram, 0, frame, index, { payloadType: 26, sequence, timestamp, ssrc: 1 });
      await socket.send(datagram, to);
    }
    sequence += sequenceCount(frame);
    timestamp += FRAME_TICKS;
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
  }
  socket.close();
  return { announced: size, complaint: undefined };
}
