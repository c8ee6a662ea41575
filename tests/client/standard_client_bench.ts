import type { ClientCommand } from "../../lib/client/client_command.ts";
import type { ClientFrame } from "../../lib/client/client_frame.ts";
import type { ClientOutput } from "../../lib/client/client_output.ts";
import type { ClientState } from "../../lib/client/client_states.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import type { PlayWishes } from "../../lib/client/play_wishes.ts";
import { StandardClient } from "../../lib/client/standard_client.ts";
import { standardTarget } from "../../lib/client/standard_target.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { serializeRtpPacket } from "../../lib/rtp/rtp_packet.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { bytesOf, textOf } from "../support/text.ts";

type Failure = Extract<ClientOutput, { kind: "failure" }>;
/** What these benches ask for. */
export type BenchCommand = Exclude<ClientCommand["kind"], "seek" | "scale">;

export const BENCH_SERVER = "192.0.2.7";
export const BENCH_URL = "rtsp://cam.example/a";
export const SSRC = 0x1234_5678;
const FRAMES = sampleJpegs(4).map((jpeg) => packetizeJpeg(parseJpegImage(jpeg)).payloads);

/** The session description of a usual server. */
export const SDP = [
  "v=0",
  "o=- 1 1 IN IP4 192.0.2.7",
  "s=x",
  "t=0 0",
  "a=control:*",
  "m=video 0 RTP/AVP 26",
  "a=control:track1",
  "",
].join("\r\n");

/** How a bench differs from the usual one. */
export interface StandardBenchOptions {
  readonly url?: string;
  readonly wishes?: Partial<PlayWishes>;
  readonly mayBeLab?: boolean;
  readonly pastSsrc?: number;
}

/** A `StandardClient` between a server that is played by hand and a clock that is set by hand. */
export class StandardClientBench {
  readonly machine: StandardClient;
  /** All that the machine said. */
  outputs: ClientOutput[] = [];
  nowMs = 0;
  #sequence = 100;
  #frames = 0;

  constructor(
    { url = BENCH_URL, wishes, mayBeLab = false, pastSsrc }: StandardBenchOptions = {},
  ) {
    this.machine = new StandardClient({
      target: standardTarget(url),
      wishes: { transport: "auto", ...wishes },
      product: "test",
      mayBeLab,
      report: new PlayReport(),
      pastSsrc,
      random: new SeededRandom(3),
    });
  }

  /** One that has come to a state at a usual server, with nothing in `outputs`. */
  static in(state: ClientState, options: StandardBenchOptions = {}): StandardClientBench {
    const bench = new StandardClientBench(options);
    bench.command("describe");
    bench.answer("200 OK", ["Public: DESCRIBE, SETUP, TEARDOWN, PLAY, PAUSE, GET_PARAMETER"]);
    bench.describe();
    if (state !== "init") bench.setUp();
    if (state === "playing") bench.play();
    bench.outputs = [];
    return bench;
  }

  /** Its user asks for something; a connection comes about at once. */
  command(kind: BenchCommand): void {
    this.take(this.machine.command({ kind }, at(this.nowMs)));
  }

  /** The usual answer to DESCRIBE. */
  describe(sdp: string = SDP, headers: readonly string[] = []): void {
    const body = [`Content-Type: application/sdp`, `Content-Length: ${bytesOf(sdp).length}`];
    this.answer("200 OK", [...headers, ...body], sdp);
  }

  /** SETUP and its usual answer. */
  setUp(
    transport: string = "RTP/AVP;unicast;client_port=6000-6001;server_port=7000-7001;ssrc=12345678",
    session: string = "abcdefgh",
  ): void {
    this.command("setup");
    this.answer("200 OK", [`Session: ${session}`, `Transport: ${transport}`]);
  }

  /** PLAY and its usual answer. */
  play(headers: readonly string[] = []): void {
    this.command("play");
    this.answer("200 OK", ["Session: abcdefgh", ...headers]);
  }

  /** The server answers the last request. */
  answer(status: string, headers: readonly string[] = [], body: string = ""): void {
    const cseq = /^CSeq: (\d+)/m.exec(this.requests.at(-1) ?? "")?.[1] ?? "0";
    const head = [`RTSP/1.0 ${status}`, `CSeq: ${cseq}`, ...headers, "", ""].join("\r\n");
    this.receive(head + body);
  }

  receive(text: string | Uint8Array): void {
    const bytes = typeof text === "string" ? bytesOf(text) : text;
    this.take(this.machine.receive(bytes, at(this.nowMs)));
  }

  disconnected(reason: string = "the server closed the connection"): void {
    this.take(this.machine.disconnected(reason, at(this.nowMs)));
  }

  /** The packets of the next frame. */
  nextFrame(ssrc: number = SSRC): Uint8Array[] {
    const payloads = FRAMES[this.#frames % FRAMES.length] ?? [];
    const timestamp = this.#frames++ * 4500;
    return payloads.map((payload, i) =>
      serializeRtpPacket({
        marker: i === payloads.length - 1,
        payloadType: 26,
        sequence: this.#sequence++ & 0xffff,
        timestamp,
        ssrc,
        csrcs: [],
        payload,
      })
    );
  }

  /** A frame comes in by UDP. */
  frame(ssrc: number = SSRC, from: string = BENCH_SERVER): void {
    for (const packet of this.nextFrame(ssrc)) this.datagram("rtp", packet, from);
  }

  /** A frame comes in inside the connection. */
  blocks(channel: number): void {
    for (const packet of this.nextFrame()) this.receive(serializeInterleaved(channel, packet));
  }

  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string = BENCH_SERVER): void {
    this.take(this.machine.datagram(channel, bytes, from, at(this.nowMs)));
  }

  /** The clock goes on, with a `tick()` whenever the machine wants one. */
  advance(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const { wakeAtMs = Infinity } = this.machine;
      if (wakeAtMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, wakeAtMs);
      this.take(this.machine.tick(at(this.nowMs)));
    }
    this.nowMs = endMs;
  }

  take(outputs: readonly ClientOutput[]): void {
    this.outputs.push(...outputs);
    if (!outputs.some(({ kind }) => kind === "connect")) return;
    const link = { serverAddress: BENCH_SERVER, rtpPort: 6000 };
    this.take(this.machine.connected(link, at(this.nowMs)));
  }

  /** RTSP that was written since `outputs` was emptied. */
  get requests(): string[] {
    return this.outputs.flatMap((output) =>
      output.kind === "write" && output.bytes[0] !== 0x24 ? [textOf(output.bytes)] : []
    );
  }

  /** The request lines among it. */
  get lines(): string[] {
    return this.requests.map((text) => text.slice(0, text.indexOf(" RTSP/1.0")));
  }

  /** A header of the last request. */
  header(name: string): string | undefined {
    return new RegExp(`^${name}: (.*)\r$`, "m").exec(this.requests.at(-1) ?? "")?.[1];
  }

  /** The addresses that were connected to, with `+` for TLS. */
  get connects(): string[] {
    return this.outputs.flatMap((output) =>
      output.kind === "connect"
        ? [`${output.host}:${output.port}${output.secure ? "+" : ""} ${output.udp}`]
        : []
    );
  }

  get states(): ClientState[] {
    return this.outputs.flatMap((output) => output.kind === "state" ? [output.state] : []);
  }

  get failures(): Failure[] {
    return this.outputs.filter((output) => output.kind === "failure");
  }

  get received(): ClientFrame[] {
    return this.outputs.flatMap((output) => output.kind === "frame" ? [output.frame] : []);
  }

  get datagrams(): string[] {
    return this.outputs.flatMap((output) =>
      output.kind === "datagram" ? [`${output.channel} ${output.address}:${output.port}`] : []
    );
  }

  /** What both sides said, as it is on the wire. */
  get messages(): (readonly ["client" | "server", string])[] {
    return this.outputs.flatMap((output) =>
      output.kind === "message" ? [[output.from, textOf(output.bytes)] as const] : []
    );
  }

  logged(level: "warning" | "info"): string[] {
    return this.outputs.flatMap((output) =>
      output.kind === "log" && output.level === level ? [output.message] : []
    );
  }
}
