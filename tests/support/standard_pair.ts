import type { ClientFrame } from "../../lib/client/client_frame.ts";
import type { ClientOutput } from "../../lib/client/client_output.ts";
import { PLAY_THROUGH, type PlayPlan, type PlayStep } from "../../lib/client/play_plan.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import type { PlayOutput, PlayResult } from "../../lib/client/play_result.ts";
import { PlayRunner } from "../../lib/client/play_runner.ts";
import type { PlayWishes } from "../../lib/client/play_wishes.ts";
import { ReconnectClient, type SecondAttempt } from "../../lib/client/reconnect_client.ts";
import { StandardClient } from "../../lib/client/standard_client.ts";
import { standardTarget } from "../../lib/client/standard_target.ts";
import { type Impairment, NO_IMPAIRMENT } from "../../lib/net_impair/impairment.ts";
import { NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { RTP_HEADER_LENGTH } from "../../lib/rtp/rtp_header.ts";
import type { MediaRoute, ServerOutput } from "../../lib/server/server_output.ts";
import type { ServerSettings } from "../../lib/server/server_settings.ts";
import { interleaveFrame } from "../../lib/sockets/interleave_frame.ts";
import { writeRtpPacket } from "../../lib/sockets/write_rtp_packet.ts";
import { FakeMovie } from "./fake_movie.ts";
import { at } from "./now.ts";
import { SeededRandom } from "./random.ts";
import { ServerHarness } from "./server_harness.ts";

/** How long each chunk of the RTSP stream takes; they keep their order. */
const CHUNK_MS = 1;
/** How long a datagram takes, unless an impairment says otherwise. */
const DATAGRAM_MS = 2;
const ADDRESS = "127.0.0.1";
/** The client's UDP port for RTP, by its own count. */
export const RTP_PORT = 25_000;

/** How a pair differs from the usual one. */
export interface StandardPairOptions {
  readonly frames: readonly Uint8Array[];
  readonly url?: string;
  readonly plan?: Partial<PlayPlan>;
  readonly wishes?: Partial<PlayWishes>;
  readonly settings?: Partial<ServerSettings>;
  /** What the network does to datagrams for the client. */
  readonly impairment?: Partial<Impairment>;
  /** How each RTSP message or burst of blocks is cut on its way, in either direction. */
  readonly cut?: (bytes: Uint8Array) => readonly Uint8Array[];
  /** Whether a firewall drops all datagrams. */
  readonly blocksUdp?: boolean;
  /** What a NAT adds to the client's ports; the server's datagrams to others are dropped. */
  readonly natOffset?: number;
  /** Changes what the server writes. */
  readonly rewrite?: (text: string) => string;
  readonly framesPerSecond?: number;
  /** Whether a play that fails is set up again. */
  readonly reconnects?: boolean;
  /** Whether the UDP ports are given, and so the same with each attempt. */
  readonly keepsPorts?: boolean;
}

interface Chunk {
  readonly to: "client" | "server";
  readonly bytes: Uint8Array;
  readonly dueMs: number;
}

interface Datagram {
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** Our standard client and our server, joined in memory by a network and a clock of their own. */
export class StandardPair {
  readonly server: ServerHarness;
  readonly movie: FakeMovie;
  readonly runner: PlayRunner;
  readonly machine: StandardClient;
  readonly network: NetworkImpairment<Datagram>;
  readonly frames: ClientFrame[] = [];
  readonly outputs: PlayOutput[] = [];
  /** The client's requests, each as one text. */
  readonly requests: string[] = [];
  /** The client's datagrams and RTCP blocks, by channel. */
  readonly sent: Record<"rtp" | "rtcp", number> = { rtp: 0, rtcp: 0 };
  result: PlayResult | undefined;
  nowMs = 0;
  natOffset: number;
  blocksUdp: boolean;
  /** How many of the server's datagrams reached nobody. */
  strays = 0;
  /** Log lines with the time at which they came. */
  readonly told: [ms: number, message: string][] = [];
  /** Whether the server can be connected to. */
  isServerUp = true;
  /** Without it everything under way is swallowed, and nobody is told. */
  isNetworkUp = true;
  readonly #options: StandardPairOptions;
  readonly #chunks: Chunk[] = [];
  #connections = 0;
  #isConnected = false;
  #rtpPort = RTP_PORT;
  #portsReleased = false;
  #framesSent = 0;
  #controlsSent = 0;

  constructor(options: StandardPairOptions) {
    const { frames, settings, plan, wishes, impairment, framesPerSecond } = options;
    this.#options = options;
    this.natOffset = options.natOffset ?? 0;
    this.blocksUdp = options.blocksUdp ?? false;
    this.movie = new FakeMovie("movie.Mjpeg", frames, framesPerSecond);
    const library = (path: string) =>
      path === this.movie.name
        ? this.movie.lease()
        : { kind: "refusal", status: 404, reason: "there is no such movie" } as const;
    this.server = new ServerHarness(library, settings);
    const target = standardTarget(options.url ?? "rtsp://localhost:8554/movie.Mjpeg");
    const report = new PlayReport();
    const common = {
      target,
      wishes: { transport: "auto", ...wishes },
      product: "Zoetrope/test",
      mayBeLab: true,
      report,
    } as const;
    this.machine = new StandardClient({ ...common, random: new SeededRandom(7) });
    const again = (attempt: SecondAttempt) =>
      new StandardClient({
        ...common,
        wishes: { ...common.wishes, ...attempt.wishes },
        ...options.keepsPorts && { pastSsrc: attempt.pastSsrc },
        random: new SeededRandom(8),
      });
    const machine = options.reconnects
      ? new ReconnectClient((attempt) => attempt ? again(attempt) : this.machine, target)
      : this.machine;
    this.runner = new PlayRunner(machine, report, target, { ...PLAY_THROUGH, ...plan });
    this.network = new NetworkImpairment({ ...NO_IMPAIRMENT, delayMs: DATAGRAM_MS, ...impairment });
    this.#do(this.runner.start(at(0)));
  }

  get jpegs(): Uint8Array[] {
    return this.frames.map(({ jpeg }) => jpeg);
  }

  /** The methods of the client's requests. */
  get methods(): string[] {
    return this.requests.map((text) => text.split(" ")[0] ?? "");
  }

  /** The client's log lines of a level. */
  logged(level: "warning" | "info"): string[] {
    return this.outputs.flatMap((output) =>
      output.kind === "log" && output.level === level ? [output.message] : []
    );
  }

  /** Runs until the play has ended. */
  run(mostMs = 240_000): PlayResult {
    while (this.result === undefined) {
      if (this.nowMs > mostMs) throw new Error(`Cannot end the play within ${mostMs} ms`);
      this.#step(Infinity);
    }
    return this.result;
  }

  /** Runs for so long. */
  advance(ms: number): void {
    const endMs = this.nowMs + ms;
    while (this.nowMs < endMs) this.#step(endMs);
  }

  command(step: PlayStep): void {
    this.#do(this.runner.command(step, at(this.nowMs)));
  }

  /** The user's signal. */
  stop(): void {
    this.#do(this.runner.stop(at(this.nowMs)));
  }

  /** The RTSP connection breaks; the server's process lives on unless it is said otherwise. */
  breakConnection(): void {
    this.#isConnected = false;
    this.#chunks.length = 0;
    this.server.disconnect(this.#connections, "broken");
    this.#do(this.runner.disconnected("the server closed the connection", at(this.nowMs)));
  }

  /** Bytes that no server of ours would write. */
  inject(bytes: Uint8Array): void {
    this.#queue("client", bytes);
  }

  #step(endMs: number): void {
    const wakeAtMs = Math.min(
      this.server.machine.wakeAtMs ?? Infinity,
      this.runner.wakeAtMs ?? Infinity,
      this.network.wakeAtMs ?? Infinity,
      this.#chunks[0]?.dueMs ?? Infinity,
      endMs,
    );
    if (wakeAtMs === Infinity) throw new Error("Cannot go on: nothing is due any more");
    this.nowMs = Math.max(this.nowMs, wakeAtMs);
    this.server.advance(this.nowMs - this.server.nowMs);
    this.#takeFromServer();
    while ((this.#chunks[0]?.dueMs ?? Infinity) <= this.nowMs) this.#deliver(this.#chunks.shift());
    this.#receive(this.network.tick(this.nowMs).map(({ datagram }) => datagram));
    if ((this.runner.wakeAtMs ?? Infinity) <= this.nowMs) {
      this.#do(this.runner.tick(at(this.nowMs)));
    }
  }

  #deliver(chunk: Chunk | undefined): void {
    if (chunk === undefined) return;
    if (chunk.to === "client") return this.#do(this.runner.receive(chunk.bytes, at(this.nowMs)));
    this.#write(this.server.send(chunk.bytes, this.#connections));
    this.#takeFromServer();
  }

  #takeFromServer(): void {
    this.#write(this.server.taken(this.#connections));
    for (const frame of this.server.frames.slice(this.#framesSent)) {
      this.#framesSent++;
      this.#sendFrame(frame);
    }
    for (const control of this.server.controls.slice(this.#controlsSent)) {
      this.#controlsSent++;
      this.#sendControl(control.route, control.bytes);
    }
    const isClosed = this.server.closed.some(([id]) => id === this.#connections);
    if (!this.#isConnected || !isClosed) return;
    this.#isConnected = false;
    this.#do(this.runner.disconnected("the server closed the connection", at(this.nowMs)));
  }

  #sendFrame({ route, header, frame }: Extract<ServerOutput, { kind: "frame" }>): void {
    if (route.kind === "interleaved") {
      if (route.connection !== this.#connections) return;
      return this.#queue("client", interleaveFrame(route.channel, frame, header));
    }
    frame.payloads.forEach((payload, index) => {
      const bytes = new Uint8Array(RTP_HEADER_LENGTH + payload.length);
      writeRtpPacket(bytes, 0, frame, index, header);
      this.#send(route.port, bytes);
    });
  }

  #sendControl(route: MediaRoute, bytes: Uint8Array): void {
    if (route.kind === "interleaved") {
      if (route.connection !== this.#connections) return;
      this.#queue("client", serializeInterleaved(route.controlChannel, bytes));
    } else if (route.controlPort !== undefined) {
      this.#send(route.controlPort, bytes);
    }
  }

  #send(port: number, bytes: Uint8Array): void {
    if (this.blocksUdp || !this.isNetworkUp) return;
    this.#receive(this.network.push({ port, bytes }, this.nowMs).map((due) => due.datagram));
  }

  #write(text: string): void {
    const written = this.#options.rewrite?.(text) ?? text;
    const bytes = Uint8Array.from(written, (character) => character.charCodeAt(0));
    if (bytes.length > 0) this.#queue("client", bytes);
  }

  #queue(to: Chunk["to"], message: Uint8Array): void {
    if (!this.#isConnected || !this.isNetworkUp) return;
    let dueMs = Math.max(this.nowMs, this.#chunks.findLast((chunk) => chunk.to === to)?.dueMs ?? 0);
    for (const bytes of this.#options.cut?.(message) ?? [message]) {
      dueMs += CHUNK_MS;
      const before = this.#chunks.findLastIndex((chunk) => chunk.dueMs <= dueMs);
      this.#chunks.splice(before + 1, 0, { to, bytes, dueMs });
    }
  }

  #receive(datagrams: readonly Datagram[]): void {
    for (const { port, bytes } of datagrams) {
      const own = port - this.natOffset - this.#rtpPort;
      const channel = own === 0 ? "rtp" : own === 1 ? "rtcp" : undefined;
      if (channel === undefined) this.strays++;
      else this.#do(this.runner.datagram(channel, bytes, ADDRESS, at(this.nowMs)));
    }
  }

  #do(outputs: readonly PlayOutput[]): void {
    for (const output of outputs) this.#doOne(output);
  }

  #doOne(output: PlayOutput): void {
    const now = at(this.nowMs);
    switch (output.kind) {
      case "connect":
        return this.#connect();
      case "write":
        if (output.bytes[0] === 0x24) this.sent.rtcp++;
        else this.requests.push(new TextDecoder().decode(output.bytes));
        return this.#queue("server", output.bytes);
      case "datagram": {
        this.sent[output.channel]++;
        if (this.blocksUdp || !this.isNetworkUp) return;
        const port = this.#rtpPort + this.natOffset + (output.channel === "rtp" ? 0 : 1);
        const from = { address: ADDRESS, port };
        const { machine } = this.server;
        return this.server.do(machine.datagram(output.channel, from, output.bytes, now));
      }
      case "close":
        this.#isConnected = false;
        this.#flushToServer();
        this.#chunks.length = 0;
        return this.isNetworkUp ? this.server.disconnect(this.#connections) : undefined;
      case "releasePorts":
        this.#portsReleased = !this.#options.keepsPorts;
        return;
      case "log":
        this.told.push([this.nowMs, output.message]);
        this.outputs.push(output);
        return;
      case "frame":
        this.frames.push(output.frame);
        return;
      case "ended":
        this.result = output.result;
        return;
      default:
        this.outputs.push(output satisfies ClientOutput);
    }
  }

  #connect(): void {
    if (!this.isServerUp) {
      return this.#do(this.runner.disconnected("nobody listens there", at(this.nowMs)));
    }
    if (!this.isNetworkUp) return; // nobody answers
    if (this.#portsReleased) this.#rtpPort += 2;
    this.#portsReleased = false;
    this.server.connect(++this.#connections);
    this.#isConnected = true;
    const link = { serverAddress: ADDRESS, rtpPort: this.#rtpPort };
    this.#do(this.runner.connected(link, at(this.nowMs)));
  }

  /** What was written before the close still arrives. */
  #flushToServer(): void {
    for (const { to, bytes } of this.#chunks) {
      if (to === "server") this.server.send(bytes, this.#connections);
    }
  }
}
