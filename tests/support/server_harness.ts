import type { RandomSource } from "../../lib/bytes/random_source.ts";
import { DEFECT } from "../../lib/server/defect_sentence.ts";
import type { MovieLease, MovieRefusal } from "../../lib/movie/movie_lease.ts";
import { ServerMachine } from "../../lib/server/server_machine.ts";
import type { ConnectionId, ServerOutput } from "../../lib/server/server_output.ts";
import type { Peer } from "../../lib/server/peer.ts";
import type { ServerSettings } from "../../lib/server/server_settings.ts";
import { at } from "./now.ts";
import { SeededRandom } from "./random.ts";
import { bytesOf, textOf } from "./text.ts";

type FrameOutput = Extract<ServerOutput, { kind: "frame" }>;
type ControlOutput = Extract<ServerOutput, { kind: "control" }>;

/** The settings of a server that was given no option. */
export const TEST_SETTINGS: ServerSettings = {
  product: "Zoetrope/test",
  loop: false,
  labRtp: "exercise",
  cutLabFrames: true,
  labSsrc: 0,
  cacheOctets: 64 * 1024 * 1024,
  packetSize: 1400,
  sessionTimeoutMs: 60_000,
  maxSessions: 100,
  udpPorts: [6970, 6971],
};

/** What looks movies up: at once, in memory. */
export type FakeLibrary = (path: string) => MovieLease | MovieRefusal;

/** A `ServerMachine` with a clock that is set by hand, whose outputs are kept for looking at. */
export class ServerHarness {
  readonly machine: ServerMachine;
  readonly frames: FrameOutput[] = [];
  readonly controls: ControlOutput[] = [];
  /** When each of `frames` came, in milliseconds. */
  readonly frameTimes: number[] = [];
  readonly closed: [ConnectionId, string][] = [];
  readonly logs: Extract<ServerOutput, { kind: "log" }>[] = [];
  /** Movies are looked up by `answerMovies()` instead of at once. */
  holdMovies = false;
  /** A defect of ours is what is tested; otherwise it fails the test. */
  expectsDefects = false;
  readonly heldTickets: [number, string][] = [];
  nowMs = 0;
  readonly #library: FakeLibrary;
  readonly #written = new Map<ConnectionId, string>();

  constructor(
    library: FakeLibrary,
    settings: Partial<ServerSettings> = {},
    random: RandomSource = new SeededRandom(1),
  ) {
    this.#library = library;
    this.machine = new ServerMachine({ ...TEST_SETTINGS, ...settings }, random);
  }

  /** A peer connects, from 127.0.0.1 unless told otherwise. */
  connect(id: ConnectionId = 1, peer: Partial<Peer> = {}): void {
    this.do(
      this.machine.connect(id, {
        address: "127.0.0.1",
        port: 40_000 + id,
        localAddress: "127.0.0.1",
        secure: false,
        ...peer,
      }, at(this.nowMs)),
    );
  }

  /** The peer's bytes come in; what the server wrote since is returned. */
  send(request: string | Uint8Array, id: ConnectionId = 1): string {
    const bytes = typeof request === "string" ? bytesOf(request) : request;
    this.do(this.machine.receive(id, bytes, at(this.nowMs)));
    return this.taken(id);
  }

  /** Sends a message without an end, and waits until the server takes it for one. */
  ask(request: string | Uint8Array, id: ConnectionId = 1): string {
    const reply = this.send(request, id);
    if (reply !== "") return reply;
    this.advance(100);
    return this.taken(id);
  }

  /** The server's clock goes on, with a `tick()` whenever it wants one. */
  advance(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      const wakeAtMs = this.machine.wakeAtMs;
      if (wakeAtMs === undefined || wakeAtMs > end) break;
      this.nowMs = Math.max(this.nowMs, wakeAtMs);
      this.do(this.machine.tick(at(this.nowMs)));
    }
    this.nowMs = end;
  }

  /** What was written to a connection since the last look. */
  taken(id: ConnectionId = 1): string {
    const text = this.#written.get(id) ?? "";
    this.#written.delete(id);
    return text;
  }

  /** Looks up the movies that were held back. */
  answerMovies(): void {
    for (const [ticket, path] of this.heldTickets.splice(0)) {
      this.do(this.machine.movieOpened(ticket, this.#library(path), at(this.nowMs)));
    }
  }

  /** A datagram comes in. */
  datagram(
    kind: "rtp" | "rtcp",
    from: { readonly address: string; readonly port: number },
    bytes: Uint8Array,
  ): void {
    this.do(this.machine.datagram(kind, from, bytes, at(this.nowMs)));
  }

  /** The connection ends. */
  disconnect(id: ConnectionId, reason: string = "closed by the peer"): void {
    this.do(this.machine.disconnect(id, reason, at(this.nowMs)));
  }

  /** The server is shut down. */
  shutdown(): void {
    this.do(this.machine.shutdown(at(this.nowMs)));
  }

  /** Does what the machine says. */
  do(outputs: readonly ServerOutput[]): void {
    for (const output of outputs) this.#doOne(output);
  }

  #doOne(output: ServerOutput): void {
    switch (output.kind) {
      case "write": {
        const { connection, bytes } = output;
        this.#written.set(connection, (this.#written.get(connection) ?? "") + textOf(bytes));
        return;
      }
      case "close":
        this.closed.push([output.connection, output.reason]);
        this.disconnect(output.connection, output.reason);
        return;
      case "openMovie":
        this.heldTickets.push([output.ticket, output.path]);
        if (!this.holdMovies) this.answerMovies();
        return;
      case "releaseMovie":
        output.lease.release();
        return;
      case "frame":
        this.frames.push(output);
        this.frameTimes.push(this.nowMs);
        return;
      case "control":
        this.controls.push(output);
        return;
      case "log":
        this.logs.push(output);
        if (!this.expectsDefects && output.message.startsWith(DEFECT)) {
          throw new Error(output.message);
        }
        return;
      default:
        output satisfies never;
    }
  }
}
