import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import type { ConversationHost, MovieContinuation } from "./conversation.ts";
import { FrameCache } from "./frame_cache.ts";
import { formatEndpoint, type Peer } from "./peer.ts";
import { ServerConnection } from "./server_connection.ts";
import type { ConnectionId, ServerOutput } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import { TimerQueue } from "./timer_queue.ts";

/** A session whose next frame may be due, unless it was played anew since. */
interface DueSession {
  readonly session: ServerSession;
  readonly generation: number;
}

interface MovieTicket {
  readonly connection: ConnectionId;
  readonly then: MovieContinuation;
}

/**
 * A whole server without its sockets, files, clock and chance: takes what happened and the time, and
 * returns what to do about it. Every method may be called at any time; the outputs of one call are
 * to be done in their order, before the next call's.
 */
export class ServerMachine {
  readonly #settings: ServerSettings;
  readonly #random: RandomSource;
  readonly #cache: FrameCache;
  readonly #connections = new Map<ConnectionId, ServerConnection>();
  /** Those in which silence may end a request. */
  readonly #listening = new Set<ServerConnection>();
  readonly #sessions = new Map<string, ServerSession>();
  readonly #due = new TimerQueue<DueSession>();
  readonly #tickets = new Map<number, MovieTicket>();
  #lastTicket = 0;
  #out: ServerOutput[] = [];

  constructor(settings: ServerSettings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
    this.#cache = new FrameCache(settings.cacheOctets);
  }

  /** All sessions there are, by id. */
  get sessions(): ReadonlyMap<string, ServerSession> {
    return this.#sessions;
  }

  /** When `tick()` is to be called at the latest, in monotonic milliseconds. */
  get wakeAtMs(): number | undefined {
    let wakeAtMs = this.#due.nextMs ?? Infinity;
    for (const { wakeAtMs: quietMs = Infinity } of this.#listening) {
      wakeAtMs = Math.min(wakeAtMs, quietMs);
    }
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  /** A peer has connected. */
  connect(connection: ConnectionId, peer: Peer): ServerOutput[] {
    const host = this.#host(connection, peer);
    this.#connections.set(connection, new ServerConnection(host));
    host.log("info", "Connected");
    return this.#taken();
  }

  /** Bytes came in. */
  receive(connection: ConnectionId, bytes: Uint8Array, now: Now): ServerOutput[] {
    const receiver = this.#connections.get(connection);
    if (receiver === undefined) return [];
    receiver.receive(bytes, now);
    if (receiver.wakeAtMs === undefined) this.#listening.delete(receiver);
    else this.#listening.add(receiver);
    return this.#taken();
  }

  /** The connection has ended, whoever ended it. */
  disconnect(connection: ConnectionId, reason: string): ServerOutput[] {
    const ended = this.#connections.get(connection);
    if (ended === undefined) return [];
    ended.end(reason);
    this.#connections.delete(connection);
    this.#listening.delete(ended);
    return this.#taken();
  }

  /** The answer to `openMovie`. */
  movieOpened(ticket: number, result: MovieLease | MovieRefusal, now: Now): ServerOutput[] {
    const waiting = this.#tickets.get(ticket);
    if (waiting === undefined) throw new RangeError(`Cannot use ticket ${ticket}: unknown`);
    this.#tickets.delete(ticket);
    const connection = this.#connections.get(waiting.connection);
    if (connection !== undefined) connection.resume(waiting.then, result, now);
    else if (result.kind === "movie") this.#out.push({ kind: "releaseMovie", lease: result });
    return this.#taken();
  }

  /** A frame of this session could not be sent; the next PLAY is answered with it. */
  sendFailed(id: string, reason: string): ServerOutput[] {
    const session = this.#sessions.get(id);
    if (session === undefined || session.state !== "playing") return [];
    this.#stop(
      session,
      `Cannot send to ${formatEndpoint(session.route.address, session.route.port)}: ${reason}`,
    );
    return this.#taken();
  }

  /** Time has passed. */
  tick(now: Now): ServerOutput[] {
    for (const connection of this.#listening) {
      connection.tick(now);
      if (connection.wakeAtMs === undefined) this.#listening.delete(connection);
    }
    for (;;) {
      const due = this.#due.take(now.monotonicMs);
      if (due === undefined) break;
      if (due.generation === due.session.generation) this.#play(due.session, now);
    }
    return this.#taken();
  }

  /** Ends every session and connection. */
  shutdown(): ServerOutput[] {
    for (const [id, connection] of this.#connections) {
      connection.end("the server is shut down");
      this.#out.push({ kind: "close", connection: id, reason: "the server is shut down" });
    }
    this.#connections.clear();
    this.#listening.clear();
    return this.#taken();
  }

  /** Sends what is due of one session, and looks after it again when the next frame is. */
  #play(session: ServerSession, now: Now): void {
    for (;;) {
      const step = session.playback.step(now);
      switch (step.kind) {
        case "frame": {
          const { header, frame } = step;
          const { id, route } = session;
          if (frame.sequenceStep === "shared") this.#warnOnce(session, "cut", step.number);
          this.#out.push({ kind: "frame", session: id, route, header, frame });
          break;
        }
        case "skipped":
          this.#warnOnce(session, "skipped", step.number);
          break;
        case "wait":
          if (step.dueMs !== undefined) this.#wakeFor(session, step.dueMs);
          return;
        case "end":
          this.#log(
            "info",
            session,
            `End of the movie after ${session.playback.counts.frames} frames`,
          );
          return;
        case "broken":
          this.#stop(session, step.error.message);
          return;
        default:
          step satisfies never;
      }
    }
  }

  #stop(session: ServerSession, reason: string): void {
    session.playback.pause();
    session.generation++;
    session.state = "ready";
    session.failure = reason;
    this.#log("error", session, reason);
  }

  #warnOnce(session: ServerSession, what: "cut" | "skipped", number: number): void {
    if (session.warned.has(what)) return;
    session.warned.add(what);
    const frame = `Frame ${number} of "${session.lease.movie.name}"`;
    const done = what === "cut"
      ? "is cut into pieces, which few lab clients put together"
      : "is left out";
    this.#log("warning", session, `${frame} fits no datagram and ${done}; so are others like it`);
  }

  #wakeFor(session: ServerSession, dueMs: number): void {
    this.#due.put(dueMs, { session, generation: session.generation });
  }

  #log(level: "info" | "warning" | "error", session: ServerSession, message: string): void {
    const peer = formatEndpoint(session.peer.address, session.peer.port);
    this.#out.push({ kind: "log", level, peer, session: session.id, message });
  }

  #host(connection: ConnectionId, peer: Peer): ConversationHost {
    const peerName = formatEndpoint(peer.address, peer.port);
    return {
      connection,
      peer,
      settings: this.#settings,
      random: this.#random,
      cache: this.#cache,
      write: (bytes) => {
        this.#out.push({ kind: "write", connection, bytes });
        for (const line of linesOf(bytes)) {
          this.#out.push({ kind: "log", level: "trace", peer: peerName, message: `S: ${line}` });
        }
      },
      close: (reason) => this.#out.push({ kind: "close", connection, reason }),
      log: (level, message, session) =>
        this.#out.push({
          kind: "log",
          level,
          peer: peerName,
          ...session === undefined ? {} : { session },
          message,
        }),
      openMovie: (path, then) => {
        const ticket = ++this.#lastTicket;
        this.#tickets.set(ticket, { connection, then });
        this.#connections.get(connection)?.wait();
        this.#out.push({ kind: "openMovie", ticket, path });
      },
      releaseMovie: (lease) => this.#out.push({ kind: "releaseMovie", lease }),
      isSession: (id) => this.#sessions.has(id),
      addSession: (session) => this.#sessions.set(session.id, session),
      removeSession: (session) => {
        session.generation++;
        this.#sessions.delete(session.id);
        this.#out.push({ kind: "releaseMovie", lease: session.lease });
      },
      schedule: (session) => {
        session.generation++;
        const { dueMs } = session.playback;
        if (dueMs !== undefined) this.#wakeFor(session, dueMs);
      },
    };
  }

  #taken(): ServerOutput[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}

/** The lines of a reply, for the trace. */
function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).trimEnd().split(/\r?\n/);
}
