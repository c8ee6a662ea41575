import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import { ConnectionHost, type ConnectionHostParts } from "./connection_host.ts";
import type { MovieContinuation } from "./conversation.ts";
import { defectSentence } from "./defect_sentence.ts";
import { FrameCache } from "./frame_cache.ts";
import { formatEndpoint, type Peer } from "./peer.ts";
import { ServerConnection } from "./server_connection.ts";
import type { ConnectionId, ServerOutput } from "./server_output.ts";
import type { PlayFailure, ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import type { ServerTotals } from "./server_totals.ts";
import { SessionRegistry, type Task } from "./session_registry.ts";
import { StandardSession } from "./standard_session.ts";
import { TimerQueue } from "./timer_queue.ts";

/**
 * From the end of the last frame's time to the goodbye over UDP: FFmpeg reads RTCP before RTP that
 * waits beside it, and drops that RTP at the goodbye.
 */
const GOODBYE_DELAY_MS = 200;

/** Longest time for which nobody looks after a session that plays. */
const MAX_SLEEP_MS = 60_000;

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
 * to be done in their order, before the next call's. A defect of ours ends what it happened to (the play, the
 * connection), with a line in the log, and nothing else.
 */
export class ServerMachine {
  readonly #settings: ServerSettings;
  readonly #random: RandomSource;
  readonly #cache: FrameCache;
  readonly #connections = new Map<ConnectionId, ServerConnection>();
  /** Those in which silence may end a request. */
  readonly #listening = new Set<ServerConnection>();
  readonly #due = new TimerQueue<DueSession>();
  readonly #tasks = new TimerQueue<Task>();
  readonly #tickets = new Map<number, MovieTicket>();
  readonly #registry: SessionRegistry;
  readonly #shared: ConnectionHostParts;
  #lastTicket = 0;
  #out: ServerOutput[] = [];

  constructor(settings: ServerSettings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
    this.#cache = new FrameCache(settings.cacheOctets);
    this.#registry = new SessionRegistry({
      settings,
      random,
      tasks: this.#tasks,
      emit: (output) => this.#out.push(output),
    });
    this.#shared = this.#hostParts();
  }

  /** All sessions there are, by id. */
  get sessions(): ReadonlyMap<string, ServerSession> {
    return this.#registry.sessions;
  }

  /** What was sent since the start, over all sessions. */
  get totals(): ServerTotals {
    return this.#registry.totals;
  }

  /** When `tick()` is to be called at the latest, in monotonic milliseconds. */
  get wakeAtMs(): number | undefined {
    let wakeAtMs = Math.min(this.#due.nextMs ?? Infinity, this.#tasks.nextMs ?? Infinity);
    for (const { wakeAtMs: quietMs = Infinity } of this.#listening) {
      wakeAtMs = Math.min(wakeAtMs, quietMs);
    }
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  /** A peer has connected. */
  connect(connection: ConnectionId, peer: Peer, now: Now): ServerOutput[] {
    const host = new ConnectionHost(connection, peer, this.#shared);
    const connected = new ServerConnection(host, now);
    this.#connections.set(connection, connected);
    this.#listen(connected);
    host.log("info", "Connected");
    return this.#taken();
  }

  /** Bytes came in. */
  receive(connection: ConnectionId, bytes: Uint8Array, now: Now): ServerOutput[] {
    const receiver = this.#connections.get(connection);
    if (receiver === undefined) return [];
    this.#shield(connection, now, () => {
      receiver.receive(bytes, now);
      this.#listen(receiver);
    });
    this.#playDue(now);
    return this.#taken();
  }

  /** The connection has ended, whoever ended it. */
  disconnect(connection: ConnectionId, reason: string, now: Now): ServerOutput[] {
    const ended = this.#connections.get(connection);
    if (ended === undefined) return [];
    ended.end(reason, now);
    this.#connections.delete(connection);
    this.#listening.delete(ended);
    return this.#taken();
  }

  /** The answer to `openMovie`. */
  movieOpened(ticket: number, result: MovieLease | MovieRefusal, now: Now): ServerOutput[] {
    const waiting = this.#tickets.get(ticket);
    if (waiting === undefined) throw new RangeError(`Cannot use ticket ${ticket}: unknown`);
    this.#tickets.delete(ticket);
    this.#shield(waiting.connection, now, () => {
      const connection = this.#connections.get(waiting.connection);
      const isAwaited = connection?.resume(() => waiting.then(result, now), now) ?? false;
      if (!isAwaited && result.kind === "movie") {
        this.#out.push({ kind: "releaseMovie", lease: result });
      }
    });
    this.#playDue(now);
    return this.#taken();
  }

  /**
   * A datagram came in on the RTP or RTCP port of the standard dialect.
   *
   * @param from Literal address and port.
   */
  datagram(
    kind: "rtp" | "rtcp",
    from: { readonly address: string; readonly port: number },
    bytes: Uint8Array,
    now: Now,
  ): ServerOutput[] {
    this.#shield(undefined, now, () => this.#registry.datagram(kind, from, bytes, now));
    return this.#taken();
  }

  /** A frame of this session could not be sent; the next PLAY is answered with it. */
  sendFailed(id: string, reason: string): ServerOutput[] {
    const session = this.sessions.get(id);
    if (session === undefined || session.state !== "playing") return [];
    const { route } = session;
    const to = route.kind === "udp"
      ? formatEndpoint(route.address, route.port)
      : `channel ${route.channel}`;
    this.#stop(session, { kind: "network", reason: `Cannot send to ${to}: ${reason}` });
    return this.#taken();
  }

  /** Time has passed. */
  tick(now: Now): ServerOutput[] {
    for (const connection of this.#listening) {
      this.#shield(connection.id, now, () => {
        connection.tick(now);
        this.#listen(connection);
      });
    }
    for (;;) {
      const task = this.#tasks.take(now.monotonicMs);
      if (task === undefined) break;
      this.#shield(undefined, now, () => task(now));
    }
    this.#playDue(now);
    return this.#taken();
  }

  /**
   * Ends one session, whatever its listener thinks of it: with a goodbye where there is RTCP, and with its
   * connection where the listener would not notice otherwise.
   *
   * @param id A session that has ended already is no matter.
   * @param reason As in the log: `ended on the web page`.
   */
  endSession(id: string, reason: string, now: Now): ServerOutput[] {
    const session = this.sessions.get(id);
    if (session === undefined) return [];
    if (session instanceof StandardSession) {
      if (session.carrier === undefined) this.#registry.sayGoodbye(session, now, "ended");
      if (session.route.kind === "udp") {
        this.#registry.log("info", session, `Session ended: ${reason}`);
        this.#registry.remove(session, now);
        return this.#taken();
      }
    }
    const { connection } = session;
    const goodbye = this.#taken();
    return [
      ...goodbye,
      ...this.disconnect(connection, reason, now),
      { kind: "close", connection, reason },
    ];
  }

  /** Ends every session and connection. */
  shutdown(now: Now): ServerOutput[] {
    this.#registry.removeAll(now);
    for (const [id, connection] of this.#connections) {
      connection.end("the server is shut down", now);
      this.#out.push({ kind: "close", connection: id, reason: "the server is shut down" });
    }
    this.#connections.clear();
    this.#listening.clear();
    return this.#taken();
  }

  #listen(connection: ServerConnection): void {
    if (connection.wakeAtMs === undefined) this.#listening.delete(connection);
    else this.#listening.add(connection);
  }

  #playDue(now: Now): void {
    for (;;) {
      const due = this.#due.take(now.monotonicMs);
      if (due === undefined) return;
      if (due.generation !== due.session.generation) continue;
      try {
        this.#play(due, now);
      } catch (error) {
        this.#stop(due.session, { kind: "movie", reason: defectSentence(error) });
      }
    }
  }

  /** Does something that one peer asked for, or that is due; a defect of ours ends its connection alone. */
  #shield(connection: ConnectionId | undefined, now: Now, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#out.push({ kind: "log", level: "error", message: defectSentence(error) });
      if (connection === undefined) return;
      const reason = "an internal error";
      this.#out.push({ kind: "close", connection, reason });
      const broken = this.#connections.get(connection);
      if (broken === undefined) return;
      this.#connections.delete(connection);
      this.#listening.delete(broken);
      this.#shield(undefined, now, () => broken.end(reason, now));
    }
  }

  /** Sends what is due of one session, and looks after it again when the next frame is. */
  #play(due: DueSession, now: Now): void {
    const { session } = due;
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
          if (step.dueMs !== undefined) this.#wakeFor(due, step.dueMs, now);
          return;
        case "end":
          return this.#ended(session, step.paused, now);
        case "broken":
          return this.#stop(session, { kind: "movie", reason: step.error.message });
        default:
          step satisfies never;
      }
    }
  }

  #ended(session: ServerSession, paused: boolean, now: Now): void {
    session.ended();
    const { frames } = session.playback.counts;
    const what = paused ? "Paused as it was asked to" : "End of the play";
    this.#registry.log("info", session, `${what} after ${frames} frames`);
    if (paused || !(session instanceof StandardSession)) return;
    const { generation } = session;
    const delayMs = session.route.kind === "udp" ? GOODBYE_DELAY_MS : 0;
    this.#tasks.put(now.monotonicMs + delayMs, (later) => {
      if (session.generation !== generation) return; // played anew, or gone with its own goodbye
      this.#registry.sayGoodbye(session, later, "end of stream");
    });
  }

  #stop(session: ServerSession, failure: PlayFailure): void {
    session.playback.pause();
    session.generation++;
    session.state = "ready";
    session.failure = failure;
    this.#registry.log("error", session, failure.reason);
  }

  #warnOnce(session: ServerSession, what: "cut" | "skipped", number: number): void {
    if (session.warned.includes(what)) return;
    session.warned = [...session.warned, what];
    const frame = `Frame ${number} of "${session.lease.movie.name}"`;
    const done = what === "cut"
      ? "fits no datagram and is cut into pieces, which few lab clients put together"
      : session.dialect === "lab"
      ? "fits no datagram and is left out"
      : "cannot be carried over RTP and is left out";
    this.#registry.log("warning", session, `${frame} ${done}; so are others like it`);
  }

  /** Looks in between at what is due much later: what was called off meanwhile is not kept so long. */
  #wakeFor(due: DueSession, dueMs: number, now: Now): void {
    this.#due.put(Math.min(dueMs, now.monotonicMs + MAX_SLEEP_MS), due);
  }

  /** What connections are offered; one object for all of them. */
  #hostParts(): ConnectionHostParts {
    const digits = Array.from(
      { length: 3 },
      () => this.#random.uint32().toString(16).padStart(8, "0"),
    );
    return {
      settings: this.#settings,
      random: this.#random,
      cache: this.#cache,
      cname: digits.join(""),
      registry: this.#registry,
      tasks: this.#tasks,
      emit: (output) => this.#out.push(output),
      wait: (connection) => this.#connections.get(connection)?.wait(),
      resume: (connection, then, now) =>
        this.#connections.get(connection)?.resume(() => then(now), now),
      ticket: (connection, then) => {
        const ticket = ++this.#lastTicket;
        this.#tickets.set(ticket, { connection, then });
        return ticket;
      },
      schedule: (session, now) => {
        const generation = ++session.generation;
        const { dueMs } = session.playback;
        if (dueMs !== undefined) this.#wakeFor({ session, generation }, dueMs, now);
      },
    };
  }

  #taken(): ServerOutput[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}
