import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import type { ConversationHost, MovieContinuation } from "./conversation.ts";
import { parseCompound } from "../rtcp/compound.ts";
import { FrameCache } from "./frame_cache.ts";
import { formatEndpoint, type Peer } from "./peer.ts";
import { ServerConnection } from "./server_connection.ts";
import type { ConnectionId, LogLevel, ServerOutput } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import { StandardSession } from "./standard_session.ts";
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
  /** Sessions by what their RTP packets say they come from. */
  readonly #ssrcs = new Map<number, StandardSession>();
  readonly #due = new TimerQueue<DueSession>();
  /** What is rare: reports, silent sessions, delayed answers. */
  readonly #tasks = new TimerQueue<(now: Now) => void>();
  readonly #cname: string;
  readonly #tickets = new Map<number, MovieTicket>();
  #lastTicket = 0;
  #out: ServerOutput[] = [];

  constructor(settings: ServerSettings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
    this.#cache = new FrameCache(settings.cacheOctets);
    const digits = Array.from({ length: 3 }, () => random.uint32().toString(16).padStart(8, "0"));
    this.#cname = digits.join("");
  }

  /** All sessions there are, by id. */
  get sessions(): ReadonlyMap<string, ServerSession> {
    return this.#sessions;
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
    this.#playDue(now);
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
    if (connection !== undefined) connection.resume(() => waiting.then(result, now), now);
    else if (result.kind === "movie") this.#out.push({ kind: "releaseMovie", lease: result });
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
    const session = this.#sessionOf(kind, from, bytes);
    if (session === undefined) return [];
    session.lastSeenMs = now.monotonicMs;
    if (session.followPeer(kind, from.port)) {
      this.#log(
        "info",
        session,
        `Listens on port ${from.port} for ${kind.toUpperCase()} from now on`,
      );
    }
    if (kind === "rtcp") this.#control(session, bytes, now);
    return this.#taken();
  }

  /** A frame of this session could not be sent; the next PLAY is answered with it. */
  sendFailed(id: string, reason: string): ServerOutput[] {
    const session = this.#sessions.get(id);
    if (session === undefined || session.state !== "playing") return [];
    const { route } = session;
    const to = route.kind === "udp"
      ? formatEndpoint(route.address, route.port)
      : `channel ${route.channel}`;
    this.#stop(session, `Cannot send to ${to}: ${reason}`);
    return this.#taken();
  }

  /** Time has passed. */
  tick(now: Now): ServerOutput[] {
    for (const connection of this.#listening) {
      connection.tick(now);
      if (connection.wakeAtMs === undefined) this.#listening.delete(connection);
    }
    for (;;) {
      const task = this.#tasks.take(now.monotonicMs);
      if (task === undefined) break;
      task(now);
    }
    this.#playDue(now);
    return this.#taken();
  }

  /** Ends every session and connection. */
  shutdown(now: Now): ServerOutput[] {
    for (const session of this.#ssrcs.values()) this.#sayGoodbye(session, now, "shutdown");
    for (const [id, connection] of this.#connections) {
      connection.end("the server is shut down");
      this.#out.push({ kind: "close", connection: id, reason: "the server is shut down" });
    }
    this.#connections.clear();
    this.#listening.clear();
    for (const session of this.#sessions.values()) this.#remove(session);
    return this.#taken();
  }

  #playDue(now: Now): void {
    for (;;) {
      const due = this.#due.take(now.monotonicMs);
      if (due === undefined) return;
      if (due.generation === due.session.generation) this.#play(due.session, now);
    }
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
          this.#ended(session, step.paused, now);
          return;
        case "broken":
          this.#stop(session, step.error.message);
          return;
        default:
          step satisfies never;
      }
    }
  }

  #ended(session: ServerSession, paused: boolean, now: Now): void {
    session.ended();
    const { frames } = session.playback.counts;
    const what = paused ? "Paused as it was asked to" : "End of the play";
    this.#log("info", session, `${what} after ${frames} frames`);
    if (!paused && session instanceof StandardSession) {
      this.#sayGoodbye(session, now, "end of stream");
    }
  }

  /** The session whose listener sent a datagram: by the address, or by the SSRCs it speaks of. */
  #sessionOf(
    kind: "rtp" | "rtcp",
    from: { readonly address: string; readonly port: number },
    bytes: Uint8Array,
  ): StandardSession | undefined {
    const named = kind === "rtcp" ? this.#reportedOn(bytes) : undefined;
    if (named !== undefined) return named.peer.address === from.address ? named : undefined;
    for (const session of this.#ssrcs.values()) {
      if (session.isAt(kind, from)) return session;
    }
    return undefined;
  }

  /** The session that a report is about, which a listener behind a new NAT binding goes on naming. */
  #reportedOn(bytes: Uint8Array): StandardSession | undefined {
    const result = parseCompound(bytes);
    if (result.kind === "dropped") return undefined;
    for (const packet of result.packets) {
      if (packet.kind !== "receiver report" && packet.kind !== "sender report") continue;
      for (const { ssrc } of packet.reports) {
        const session = this.#ssrcs.get(ssrc);
        if (session !== undefined) return session;
      }
    }
    return undefined;
  }

  #control(session: StandardSession, bytes: Uint8Array, now: Now): void {
    const result = session.receiveControl(bytes, now);
    if (result.kind === "goodbye") this.#log("info", session, "The listener says goodbye");
    if (result.kind === "dropped") this.#log("trace", session, `RTCP dropped: ${result.reason}`);
  }

  #sayGoodbye(session: StandardSession, now: Now, reason: string): void {
    const { id, route } = session;
    this.#out.push({ kind: "control", session: id, route, bytes: session.report(now, reason) });
  }

  /** Sends a sender report now and, while the session goes on playing, at random intervals. */
  #report(session: StandardSession, generation: number, now: Now): void {
    if (session.generation !== generation || session.playback.order === undefined) return;
    const { id, route } = session;
    this.#out.push({ kind: "control", session: id, route, bytes: session.report(now) });
    const nextMs = now.monotonicMs + session.reportIntervalMs(now, this.#random);
    this.#tasks.put(nextMs, (then) => this.#report(session, generation, then));
  }

  /** Looks again when the listener would have been silent for too long. */
  #watch(session: StandardSession): void {
    const { sessionTimeoutMs } = this.#settings;
    this.#tasks.put(session.lastSeenMs + sessionTimeoutMs, (now) => {
      if (this.#sessions.get(session.id) !== session) return;
      // Inside the connection, that what is sent is read is sign enough.
      const isRead = session.route.kind === "interleaved" && session.state === "playing";
      if (isRead) session.lastSeenMs = now.monotonicMs;
      if (now.monotonicMs < session.lastSeenMs + sessionTimeoutMs) return this.#watch(session);
      this.#sayGoodbye(session, now, "timeout");
      this.#log("warning", session, `Session ended: silent for ${sessionTimeoutMs / 1000} s`);
      this.#remove(session);
    });
  }

  #add(session: ServerSession): void {
    this.#sessions.set(session.id, session);
    if (!(session instanceof StandardSession)) return;
    this.#ssrcs.set(session.ssrc, session);
    this.#watch(session);
  }

  #remove(session: ServerSession): void {
    session.playback.pause();
    session.state = "init";
    session.generation++;
    this.#sessions.delete(session.id);
    if (session instanceof StandardSession) this.#ssrcs.delete(session.ssrc);
    this.#out.push({ kind: "releaseMovie", lease: session.lease });
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

  #log(level: LogLevel, session: ServerSession, message: string): void {
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
      cname: this.#cname,
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
      delay: (ms, now, then) => {
        this.#connections.get(connection)?.wait();
        this.#tasks.put(now.monotonicMs + ms, (later) => {
          this.#connections.get(connection)?.resume(() => then(later), later);
        });
      },
      sessionCount: () => this.#sessions.size,
      session: (id) => this.#sessions.get(id),
      isSsrcTaken: (ssrc) => this.#ssrcs.has(ssrc),
      addSession: (session) => this.#add(session),
      removeSession: (session) => this.#remove(session),
      startReports: (session, now) => this.#report(session, session.generation, now),
      sendControl: (session, route, bytes) =>
        this.#out.push({ kind: "control", session, route, bytes }),
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
