import type { ClientFrame } from "../../lib/client/client_frame.ts";
import type { ClientOutput } from "../../lib/client/client_output.ts";
import { LabClient } from "../../lib/client/lab_client.ts";
import { PLAY_THROUGH, type PlayPlan, type PlayStep } from "../../lib/client/play_plan.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import type { PlayOutput, PlayResult } from "../../lib/client/play_result.ts";
import { PlayRunner } from "../../lib/client/play_runner.ts";
import { type Impairment, NO_IMPAIRMENT } from "../../lib/net_impair/impairment.ts";
import { NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import { writeRtpHeader } from "../../lib/rtp/rtp_header.ts";
import { parseLabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";
import type { ServerSettings } from "../../lib/server/server_settings.ts";
import { FakeMovie } from "./fake_movie.ts";
import { at } from "./now.ts";
import { ServerHarness } from "./server_harness.ts";

const HEADER_LENGTH = 12;
/** How long each chunk of the RTSP stream takes; they keep their order. */
const CHUNK_MS = 1;
const SERVER_ADDRESS = "127.0.0.1";
const SOURCE = { host: "localhost", port: 8554, file: "movie.Mjpeg" };

/** How a pair differs from the usual one. */
export interface MachinePairOptions {
  readonly frames: readonly Uint8Array[];
  readonly framesPerSecond?: number;
  readonly plan?: Partial<PlayPlan>;
  readonly settings?: Partial<ServerSettings>;
  /** What the network does to RTP. */
  readonly impairment?: Partial<Impairment>;
  /** How each RTSP message is cut on its way, in either direction. */
  readonly cut?: (message: Uint8Array) => readonly Uint8Array[];
  /** The name that the client asks for. */
  readonly file?: string;
}

interface Chunk {
  readonly to: "client" | "server";
  readonly bytes: Uint8Array;
  readonly dueMs: number;
}

/** Our client and our server, joined in memory by a network and a clock that only this class moves. */
export class MachinePair {
  readonly server: ServerHarness;
  readonly movie: FakeMovie;
  readonly runner: PlayRunner;
  readonly machine: LabClient;
  readonly network: NetworkImpairment<Uint8Array>;
  /** The frames that the client gave out. */
  readonly frames: ClientFrame[] = [];
  /** The sequence numbers of the packets that reached the client, in the order of arrival. */
  readonly arrivals: number[] = [];
  /** All else that the client said. */
  readonly outputs: PlayOutput[] = [];
  /** The client's requests, each as one text. */
  readonly requests: string[] = [];
  result: PlayResult | undefined;
  nowMs = 0;
  readonly #cut: (message: Uint8Array) => readonly Uint8Array[];
  readonly #chunks: Chunk[] = [];
  #connections = 0;
  #isConnected = false;
  #framesSent = 0;

  constructor(options: MachinePairOptions) {
    this.movie = new FakeMovie("movie.Mjpeg", options.frames, options.framesPerSecond);
    const library = (path: string) =>
      path === this.movie.name
        ? this.movie.lease()
        : { kind: "refusal", status: 404, reason: "there is no such movie" } as const;
    this.server = new ServerHarness(library, options.settings);
    const source = { ...SOURCE, file: options.file ?? SOURCE.file };
    const report = new PlayReport();
    this.machine = new LabClient(source, report);
    const plan = { ...PLAY_THROUGH, ...options.plan };
    this.runner = new PlayRunner(this.machine, report, source, plan);
    this.network = new NetworkImpairment({ ...NO_IMPAIRMENT, ...options.impairment });
    this.#cut = options.cut ?? ((message) => [message]);
    this.#do(this.runner.start(at(0)));
  }

  /** The frames' JPEGs, in the order in which the client gave them out. */
  get jpegs(): Uint8Array[] {
    return this.frames.map(({ jpeg }) => jpeg);
  }

  /** Runs until the play has ended. */
  run(mostMs = 120_000): PlayResult {
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

  /** The client's user does something. */
  command(step: PlayStep): void {
    this.#do(this.runner.command(step, at(this.nowMs)));
  }

  /** The server's process is killed: its system closes the connection. */
  killServer(): void {
    this.#isConnected = false;
    this.#chunks.length = 0;
    this.server.disconnect(this.#connections, "killed");
    this.#do(this.runner.disconnected("the server closed the connection", at(this.nowMs)));
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
    this.#send(this.server.send(chunk.bytes, this.#connections));
    this.#takeFromServer();
  }

  /** What the server did by itself: frames, replies that silence set off, the end. */
  #takeFromServer(): void {
    this.#send(this.server.taken(this.#connections));
    for (const frame of this.server.frames.slice(this.#framesSent)) {
      this.#framesSent++;
      for (const datagram of datagramsOf(frame)) {
        this.#receive(this.network.push(datagram, this.nowMs).map((due) => due.datagram));
      }
    }
    const isClosed = this.server.closed.some(([id]) => id === this.#connections);
    if (!this.#isConnected || !isClosed) return;
    this.#isConnected = false;
    this.#do(this.runner.disconnected("the server closed the connection", at(this.nowMs)));
  }

  #send(text: string): void {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    if (bytes.length > 0) this.#queue("client", bytes);
  }

  #queue(to: Chunk["to"], message: Uint8Array): void {
    let dueMs = Math.max(this.nowMs, this.#chunks.findLast((chunk) => chunk.to === to)?.dueMs ?? 0);
    for (const bytes of this.#cut(message)) {
      dueMs += CHUNK_MS;
      const before = this.#chunks.findLastIndex((chunk) => chunk.dueMs <= dueMs);
      this.#chunks.splice(before + 1, 0, { to, bytes, dueMs });
    }
  }

  #receive(datagrams: readonly Uint8Array[]): void {
    for (const datagram of datagrams) {
      this.arrivals.push(parseLabPacket(datagram).sequence);
      this.#do(this.runner.datagram("rtp", datagram, SERVER_ADDRESS, at(this.nowMs)));
    }
  }

  #do(outputs: readonly PlayOutput[]): void {
    for (const output of outputs) this.#doOne(output);
  }

  #doOne(output: PlayOutput): void {
    switch (output.kind) {
      case "connect": {
        this.server.connect(++this.#connections);
        this.#isConnected = true;
        const link = { serverAddress: SERVER_ADDRESS, rtpPort: 25_000 };
        return this.#do(this.runner.connected(link, at(this.nowMs)));
      }
      case "write":
        this.requests.push(new TextDecoder().decode(output.bytes));
        return this.#queue("server", output.bytes);
      case "close":
        this.#isConnected = false;
        this.#chunks.length = 0;
        return this.server.disconnect(this.#connections);
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
}

/** The datagrams of one frame, as the server's sender makes them. */
function datagramsOf({ header, frame }: ServerHarness["frames"][number]): Uint8Array[] {
  const step = frame.sequenceStep === "each" ? 1 : 0;
  return frame.payloads.map((payload, i) => {
    const datagram = new Uint8Array(HEADER_LENGTH + payload.length);
    const marker = frame.markLast && i === frame.payloads.length - 1;
    writeRtpHeader(datagram, 0, { ...header, marker, sequence: header.sequence + i * step });
    datagram.set(payload, HEADER_LENGTH);
    return datagram;
  });
}
