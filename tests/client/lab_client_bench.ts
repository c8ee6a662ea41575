import type { ClientCommand } from "../../lib/client/client_command.ts";
import type { ClientFrame } from "../../lib/client/client_frame.ts";
import type { ClientOutput } from "../../lib/client/client_output.ts";
import type { ClientState } from "../../lib/client/client_states.ts";
import { LabClient } from "../../lib/client/lab_client.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import { at } from "../support/now.ts";
import { type StockPacketOptions, StockPackets } from "../support/stock_packets.ts";
import { bytesOf, textOf } from "../support/text.ts";

/** What these benches ask for. */
export type LabBenchCommand = Exclude<ClientCommand["kind"], "seek" | "scale">;
type Failure = Extract<ClientOutput, { kind: "failure" }>;

/** The server's and the client's side of every bench. */
export const BENCH = { server: "192.0.2.7", rtpPort: 25_000, session: "115166" } as const;

/** Silence after which a reply without terminator counts as whole. */
const QUIET_MS = 40;

/** A `LabClient` between a server that is played by hand and a clock that is set by hand. */
export class LabClientBench {
  readonly report = new PlayReport();
  readonly machine: LabClient;
  /** All that the machine said, `write` and `frame` among it. */
  outputs: ClientOutput[] = [];
  nowMs = 0;
  #cseq = 0;

  constructor(file = "movie.Mjpeg") {
    const source = { host: "127.0.0.1", port: 8554, file };
    this.machine = new LabClient(source, this.report);
  }

  /** One that has come to a state, with nothing in `outputs`; in `init` it is connected. */
  static in(state: ClientState): LabClientBench {
    const bench = new LabClientBench();
    const [setup, play] = [() => bench.done("setup"), () => bench.done("play")];
    switch (state) {
      case "init":
        bench.command("options");
        bench.answer("200 OK", { session: "0" });
        break;
      case "ready":
        setup();
        play();
        bench.done("pause");
        break;
      case "playing":
        setup();
        play();
        break;
      default:
        state satisfies never;
    }
    bench.outputs = [];
    return bench;
  }

  /** Its user asks for something; a connection comes about at once. */
  command(kind: LabBenchCommand): void {
    this.take(this.machine.command({ kind }, at(this.nowMs)));
    if (this.outputs.at(-1)?.kind === "connect") this.connected();
  }

  connected(): void {
    this.#cseq = 0;
    const link = { serverAddress: BENCH.server, rtpPort: BENCH.rtpPort };
    this.take(this.machine.connected(link, at(this.nowMs)));
  }

  /** A command, and the stock server's answer. */
  done(kind: LabBenchCommand): void {
    this.command(kind);
    this.answer("200 OK");
  }

  /** The server answers the last request, in the stock server's form unless told otherwise. */
  answer(status: string, fields: { cseq?: number; session?: string; tail?: string } = {}): void {
    const { cseq = this.#cseq, session = BENCH.session, tail = "" } = fields;
    this.receive(`RTSP/1.0 ${status}\nCSeq: ${cseq}\nSession: ${session}${tail}`);
    this.advance(QUIET_MS);
  }

  receive(text: string | Uint8Array): void {
    const bytes = typeof text === "string" ? bytesOf(text) : text;
    this.take(this.machine.receive(bytes, at(this.nowMs)));
  }

  /** Frames come in, as the stock server sends them, one each `intervalMs`. */
  frames(jpegs: readonly Uint8Array[], intervalMs = 50, options: StockPacketOptions = {}): void {
    const packets = new StockPackets(options);
    for (const [i, jpeg] of jpegs.entries()) {
      for (const packet of packets.ofFrame(i, jpeg, at(this.nowMs).unixMs)) this.datagram(packet);
      if (i < jpegs.length - 1) this.advance(intervalMs);
    }
  }

  datagram(bytes: Uint8Array, from: string = BENCH.server): void {
    this.take(this.machine.datagram("rtp", bytes, from, at(this.nowMs)));
  }

  disconnected(reason = "the server closed the connection"): void {
    this.take(this.machine.disconnected(reason, at(this.nowMs)));
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
    this.#cseq += outputs.filter(({ kind }) => kind === "write").length;
    this.outputs.push(...outputs);
  }

  /** What was written since `outputs` was emptied. */
  get requests(): string[] {
    return this.outputs.flatMap((output) => output.kind === "write" ? [textOf(output.bytes)] : []);
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

  get kinds(): string[] {
    return this.outputs.map(({ kind }) => kind).filter((kind) =>
      kind !== "log" && kind !== "message"
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
