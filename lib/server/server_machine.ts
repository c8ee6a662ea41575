import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import { ConnectionHost, type ConnectionHostParts } from "./connection_host.ts";
import type { MovieContinuation } from "./conversation.ts";
import { defectSentence } from "./defect_sentence.ts";
import { DuePlays } from "./due_plays.ts";
import { FrameCache } from "./frame_cache.ts";
import { formatEndpoint, type Peer } from "./peer.ts";
import { ServerConnection } from "./server_connection.ts";
import type { ConnectionId, ServerOutput } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import type { ServerTotals } from "./server_totals.ts";
import { SessionRegistry, type Task } from "./session_registry.ts";
import { StandardSession } from "./standard_session.ts";
import { TimerQueue } from "./timer_queue.ts";

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
  readonly #tasks = new TimerQueue<Task>();
  readonly #tickets = new Map<number, MovieTicket>();
  readonly #registry: SessionRegistry;
  readonly #plays: DuePlays;
  readonly #shared: ConnectionHostParts;
  #lastTicket = 0;
  #out: ServerOutput[] = [];

  constructor(settings: ServerSettings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
    this.#cache = new FrameCache(settings.cacheOctets);
    const tasks = this.#tasks;
    const emit = (output: ServerOutput) => this.#out.push(output);
    this.#registry = new SessionRegistry({ settings, random, tasks, emit });
    this.#plays = new DuePlays({ registry: this.#registry, tasks, emit });
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
    let wakeAtMs = Math.min(this.#plays.nextMs ?? Infinity, this.#tasks.nextMs ?? Infinity);
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
    this.#plays.send(now);
    return this.#taken();
  }

  /** The connection has ended, whoever ended it. */
  disconnect(connection: ConnectionId, reason: string, now: Now): ServerOutput[] {
    this.#drop(connection, reason, now);
    return this.#taken();
  }

  /** The answer to `openMovie`. */
  movieOpened(ticket: number, result: MovieLease | MovieRefusal, now: Now): ServerOutput[] {
    const waiting = this.#tickets.get(ticket);
    if (waiting === undefined) throw new RangeError(`Cannot use ticket ${ticket}: unknown`);
    this.#tickets.delete(ticket);
    const isDone = this.#shield(waiting.connection, now, () => {
      const connection = this.#connections.get(waiting.connection);
      const isAwaited = connection?.resume(() => waiting.then(result, now), now) ?? false;
      if (!isAwaited && result.kind === "movie") {
        this.#out.push({ kind: "releaseMovie", lease: result });
      }
    });
    if (!isDone && result.kind === "movie" && !this.#isHeld(result)) {
      this.#out.push({ kind: "releaseMovie", lease: result });
    }
    this.#plays.send(now);
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

  /**
   * A frame of this session could not be sent; the next PLAY is answered with it.
   *
   * @param id As in the output `frame`.
   */
  sendFailed(id: string, reason: string): ServerOutput[] {
    const session = this.#registry.sender(id);
    if (session === undefined || session.state !== "playing") return [];
    const { route } = session;
    const to = route.kind === "udp"
      ? formatEndpoint(route.address, route.port)
      : `channel ${route.channel}`;
    this.#plays.stop(session, { kind: "network", reason: `Cannot send to ${to}: ${reason}` });
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
    this.#plays.send(now);
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
    const reason = "the server is shut down";
    this.#shield(undefined, now, () => this.#registry.removeAll(now));
    for (const connection of this.#connections.keys()) {
      this.#drop(connection, reason, now);
      this.#out.push({ kind: "close", connection, reason });
    }
    return this.#taken();
  }

  #listen(connection: ServerConnection): void {
    if (connection.wakeAtMs === undefined) this.#listening.delete(connection);
    else this.#listening.add(connection);
  }

  /** The connection is there no longer, nor are the sessions that end with it. */
  #drop(connection: ConnectionId, reason: string, now: Now): void {
    const ended = this.#connections.get(connection);
    if (ended === undefined) return;
    this.#connections.delete(connection);
    this.#listening.delete(ended);
    this.#shield(undefined, now, () => ended.end(reason, now));
  }

  #isHeld(lease: MovieLease): boolean {
    return this.sessions.values().some((session) => session.lease === lease);
  }

  /**
   * Does something that one peer asked for, or that is due; a defect of ours ends its connection alone.
   *
   * @returns Whether all of it was done.
   */
  #shield(connection: ConnectionId | undefined, now: Now, act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      this.#out.push({ kind: "log", level: "error", message: defectSentence(error) });
      if (connection === undefined) return false;
      const reason = "an internal error";
      this.#out.push({ kind: "close", connection, reason });
      this.#drop(connection, reason, now);
      return false;
    }
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
      resume: (connection, then, now) => {
        this.#shield(connection, now, () => {
          this.#connections.get(connection)?.resume(() => then(now), now);
        });
      },
      ticket: (connection, then) => {
        const ticket = ++this.#lastTicket;
        this.#tickets.set(ticket, { connection, then });
        return ticket;
      },
      schedule: (session, now) => this.#plays.schedule(session, now),
    };
  }

  #taken(): ServerOutput[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}
