import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { Movie } from "../movie/movie.ts";
import type { MovieLease } from "../movie/movie_lease.ts";
import type { ConversationHost, MovieContinuation } from "./conversation.ts";
import type { FrameCache } from "./frame_cache.ts";
import type { MulticastCarrier } from "./multicast_carrier.ts";
import { formatEndpoint, type Peer } from "./peer.ts";
import type {
  ConnectionId,
  LogLevel,
  MediaRoute,
  ServerOutput,
  UdpRoute,
} from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import type { SessionRegistry, Task } from "./session_registry.ts";
import type { StandardSession } from "./standard_session.ts";
import type { TimerQueue } from "./timer_queue.ts";
import { traceLines } from "./trace_lines.ts";

/** What all connections of one server share. */
export interface ConnectionHostParts {
  readonly settings: ServerSettings;
  readonly random: RandomSource;
  readonly cache: FrameCache;
  /** The server's canonical name in RTCP (RFC 7022). */
  readonly cname: string;
  readonly registry: SessionRegistry;
  readonly tasks: TimerQueue<Task>;
  /** Takes what is to be done. */
  emit(output: ServerOutput): void;
  /** What comes in on a connection waits, until `resume()`. */
  wait(connection: ConnectionId): void;
  /** Goes on with what waited, if the connection is there still. */
  resume(connection: ConnectionId, then: (now: Now) => void, now: Now): void;
  /** The number under which the answer to `openMovie` comes. */
  ticket(connection: ConnectionId, then: MovieContinuation): number;
  /** Looks after a session's playback from its `dueMs` on. */
  schedule(session: ServerSession, now: Now): void;
}

/**
 * What a server offers to the conversation on one connection. A class, and not an object of closures: a
 * server has as many of them as it has listeners.
 */
export class ConnectionHost implements ConversationHost {
  readonly connection: ConnectionId;
  readonly peer: Peer;
  readonly #parts: ConnectionHostParts;

  constructor(connection: ConnectionId, peer: Peer, parts: ConnectionHostParts) {
    this.connection = connection;
    this.peer = peer;
    this.#parts = parts;
  }

  get settings(): ServerSettings {
    return this.#parts.settings;
  }

  get random(): RandomSource {
    return this.#parts.random;
  }

  get cache(): FrameCache {
    return this.#parts.cache;
  }

  get cname(): string {
    return this.#parts.cname;
  }

  write(bytes: Uint8Array): void {
    this.#parts.emit({ kind: "write", connection: this.connection, bytes });
    this.trace("S", () => traceLines(bytes));
  }

  close(reason: string): void {
    this.#parts.emit({ kind: "close", connection: this.connection, reason });
  }

  log(level: LogLevel, message: string, session?: string): void {
    const peer = formatEndpoint(this.peer.address, this.peer.port);
    const named = session === undefined ? {} : { session };
    this.#parts.emit({ kind: "log", level, peer, ...named, message });
  }

  trace(from: "C" | "S", lines: () => readonly string[]): void {
    if (this.settings.trace !== true) return;
    for (const line of lines()) this.log("trace", `${from}: ${line}`);
  }

  openMovie(path: string, then: MovieContinuation): void {
    const ticket = this.#parts.ticket(this.connection, then);
    this.#parts.wait(this.connection);
    this.#parts.emit({ kind: "openMovie", ticket, path });
  }

  delay(ms: number, now: Now, then: (now: Now) => void): void {
    this.#parts.wait(this.connection);
    this.at(now.monotonicMs + ms, (later) => this.#parts.resume(this.connection, then, later));
  }

  at(ms: number, task: Task): void {
    this.#parts.tasks.put(ms, task);
  }

  hasSession(): boolean {
    return this.#parts.registry.isAnyOf(this.connection);
  }

  releaseMovie(lease: MovieLease): void {
    this.#parts.emit({ kind: "releaseMovie", lease });
  }

  sessionCount(): number {
    return this.#parts.registry.sessions.size;
  }

  session(id: string): ServerSession | undefined {
    return this.#parts.registry.sessions.get(id);
  }

  newSsrc(): number {
    return this.#parts.registry.newSsrc();
  }

  addSession(session: ServerSession): void {
    this.#parts.registry.add(session);
  }

  removeSession(session: ServerSession, now: Now): void {
    this.#parts.registry.remove(session, now);
  }

  carrierOf(movie: Movie, make: (route: UdpRoute) => MulticastCarrier): MulticastCarrier {
    return this.#parts.registry.carrierOf(movie, make);
  }

  schedule(session: ServerSession, now: Now): void {
    this.#parts.schedule(session, now);
  }

  startReports(session: StandardSession, now: Now): void {
    this.#parts.registry.report(session, now);
  }

  receiveControl(session: StandardSession, bytes: Uint8Array, now: Now): void {
    this.#parts.registry.receiveControl(session, bytes, now);
  }

  sendControl(session: string, route: MediaRoute, bytes: Uint8Array): void {
    this.#parts.emit({ kind: "control", session, route, bytes });
  }
}
