import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { Movie } from "../movie/movie.ts";
import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import { parseCompound } from "../rtcp/compound.ts";
import { MulticastCarrier } from "./multicast_carrier.ts";
import { formatEndpoint } from "./peer.ts";
import { rareLineMs } from "./rare_line.ts";
import type { SenderCounts } from "./playback.ts";
import type { ConnectionId, LogLevel, ServerOutput, UdpRoute } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import { addCounts, type ServerTotals } from "./server_totals.ts";
import { StandardSession } from "./standard_session.ts";
import type { TimerQueue } from "./timer_queue.ts";

/** Where an RTP header names its sender (RFC 3550 §5.1). */
const SSRC_OFFSET = 8;

/** Something to be done at a time. */
export type Task = (now: Now) => void;

/** What a registry works with. */
export interface SessionRegistryParts {
  readonly settings: ServerSettings;
  readonly random: RandomSource;
  /** What is rare: reports and the watch over silent sessions. */
  readonly tasks: TimerQueue<Task>;
  /** Takes what is to be done. */
  emit(output: ServerOutput): void;
}

/** All sessions of a server: who they are, how long they live, and their RTCP. */
export class SessionRegistry {
  readonly #parts: SessionRegistryParts;
  readonly #sessions = new Map<string, ServerSession>();
  /** Standard sessions and carriers by what their RTP packets say they come from. */
  readonly #sources = new Map<number, StandardSession>();
  readonly #carriers = new Map<Movie, MulticastCarrier>();
  /** Of all sessions ever; their counts only of those that have ended. */
  #ended: ServerTotals = { sessions: 0, frames: 0, skipped: 0, packets: 0, octets: 0 };

  constructor(parts: SessionRegistryParts) {
    this.#parts = parts;
  }

  /** The sessions by id. */
  get sessions(): ReadonlyMap<string, ServerSession> {
    return this.#sessions;
  }

  /** What was sent since the start, to whomever. */
  get totals(): ServerTotals {
    let counts: SenderCounts = this.#ended;
    for (const session of this.#sessions.values()) {
      if (sendsItself(session)) counts = addCounts(counts, session.playback.counts);
    }
    for (const { playback } of this.#carriers.values()) counts = addCounts(counts, playback.counts);
    return { ...counts, sessions: this.#ended.sessions };
  }

  /** Whose frames are sent under this id: a session's, or those of the sender to a group. */
  sender(id: string): ServerSession | undefined {
    return this.#sessions.get(id) ?? this.#carriers.values().find((carrier) => carrier.id === id);
  }

  /** Whether some session was set up on this connection; looks at all of them. */
  isAnyOf(connection: ConnectionId): boolean {
    return [...this.#sessions.values()].some((session) => session.connection === connection);
  }

  /** An SSRC at random that no session has (RFC 3550 §8.1). */
  newSsrc(): number {
    const { random } = this.#parts;
    let ssrc = random.uint32();
    while (this.#sources.has(ssrc)) ssrc = random.uint32();
    return ssrc;
  }

  /** The session is there from now on; a standard one until its listener is silent for too long. */
  add(session: ServerSession): void {
    this.#sessions.set(session.id, session);
    this.#ended = { ...this.#ended, sessions: this.#ended.sessions + 1 };
    if (!(session instanceof StandardSession)) return;
    if (session.carrier === undefined) this.#sources.set(session.ssrc, session);
    this.#watch(session);
  }

  /** The session is there no longer; its movie is released. One that has ended already is no matter. */
  remove(session: ServerSession, now: Now): void {
    if (this.#sessions.get(session.id) !== session) return;
    session.state = "init";
    session.generation++;
    this.#sessions.delete(session.id);
    if (sendsItself(session)) this.#count(session);
    this.#parts.emit({ kind: "releaseMovie", lease: session.lease });
    if (!(session instanceof StandardSession)) return session.playback.pause();
    if (session.carrier instanceof MulticastCarrier) {
      return this.#leave(session, session.carrier, now);
    }
    session.playback.pause();
    this.#sources.delete(session.ssrc);
  }

  /** Ends all sessions, with a goodbye to those who know what that is. */
  removeAll(now: Now): void {
    for (const session of this.#sessions.values()) {
      if (session instanceof StandardSession && session.carrier === undefined) {
        this.sayGoodbye(session, now, "shutdown");
      }
      this.remove(session, now);
    }
  }

  /** The sender of a movie to its multicast group, made where there is none yet. */
  carrierOf(movie: Movie, make: (route: UdpRoute) => MulticastCarrier): MulticastCarrier {
    const { multicast } = this.#parts.settings;
    if (multicast === undefined) throw new TypeError("Cannot multicast: it was not refused");
    const known = this.#carriers.get(movie);
    if (known !== undefined) return known;
    const taken = new Set(
      [...this.#carriers.values()].map(({ route }) => route.kind === "udp" ? route.port : 0),
    );
    let port = multicast.firstPort;
    while (taken.has(port)) port += 2;
    const carrier = make({ kind: "udp", address: multicast.group, port, controlPort: port + 1 });
    this.#carriers.set(movie, carrier);
    this.#sources.set(carrier.ssrc, carrier);
    return carrier;
  }

  /** A datagram came in on the RTP or RTCP port of the standard dialect. */
  datagram(
    kind: "rtp" | "rtcp",
    from: { readonly address: string; readonly port: number },
    bytes: Uint8Array,
    now: Now,
  ): void {
    const session = this.#sessionOf(kind, from, bytes);
    if (session === undefined) return;
    session.lastSeenMs = now.monotonicMs;
    if (session.followPeer(kind, from.port)) {
      const what = kind.toUpperCase();
      this.log("info", session, `Listens on port ${from.port} for ${what} from now on`);
    }
    if (kind === "rtcp") this.receiveControl(session, bytes, now);
  }

  /** The session's listener sent an RTCP datagram. */
  receiveControl(session: StandardSession, bytes: Uint8Array, now: Now): void {
    const result = session.receiveControl(bytes, now);
    switch (result.kind) {
      case "report":
        return;
      case "goodbye":
        return this.log("info", session, "The listener says goodbye");
      case "dropped":
        return this.log("trace", session, `RTCP dropped: ${result.reason}`);
      case "collision":
        return this.#renewSsrc(session, now);
      default:
        result satisfies never;
    }
  }

  /** Sends a sender report now and, while the session goes on playing, at random intervals. */
  report(session: StandardSession, now: Now, generation: number = session.generation): void {
    if (session.generation !== generation || session.playback.order === undefined) return;
    this.#control(session, session.report(now));
    const drawnMs = now.monotonicMs + session.reportIntervalMs(now, this.#parts.random);
    this.#parts.tasks.put(rareLineMs(drawnMs), (then) => this.report(session, then, generation));
  }

  /** The last report: the stream is over (RFC 3550 §6.6). */
  sayGoodbye(session: StandardSession, now: Now, reason: string): void {
    this.#control(session, session.report(now, reason));
  }

  /** One line about a session. */
  log(level: LogLevel, session: ServerSession, message: string): void {
    const peer = formatEndpoint(session.peer.address, session.peer.port);
    this.#parts.emit({ kind: "log", level, peer, session: session.id, message });
  }

  /**
   * The session whose listener sent a datagram: RTCP by the SSRC of ours that it reports on, anything by
   * its address; then, as a NAT may have made another port of it, by the listener's own SSRC.
   */
  #sessionOf(
    kind: "rtp" | "rtcp",
    from: { readonly address: string; readonly port: number },
    bytes: Uint8Array,
  ): StandardSession | undefined {
    const named = kind === "rtcp" ? this.#reportedOn(bytes) : undefined;
    if (named !== undefined) return named.peer.address === from.address ? named : undefined;
    for (const session of this.#sources.values()) {
      if (session.isAt(kind, from)) return session;
    }
    return kind === "rtp" ? this.#sentBy(from.address, bytes) : undefined;
  }

  /**
   * The session of this address whose listener has the SSRC of an RTP packet, as it sends them to open a
   * NAT. Some programs call all of their listeners the same: where several have it, none is meant.
   */
  #sentBy(address: string, bytes: Uint8Array): StandardSession | undefined {
    if (bytes.length < RTP_HEADER_LENGTH) return undefined;
    const ssrc = new DataView(bytes.buffer, bytes.byteOffset).getUint32(SSRC_OFFSET);
    const [found, ...others] = [...this.#sources.values()].filter((session) =>
      session.peerSsrc === ssrc && session.peer.address === address
    );
    return others.length === 0 ? found : undefined;
  }

  /** The session that a report is about, which a listener behind a new NAT binding goes on naming. */
  #reportedOn(bytes: Uint8Array): StandardSession | undefined {
    const result = parseCompound(bytes);
    if (result.kind === "dropped") return undefined;
    for (const packet of result.packets) {
      if (packet.kind !== "receiver report" && packet.kind !== "sender report") continue;
      for (const { ssrc } of packet.reports) {
        const session = this.#sources.get(ssrc);
        if (session !== undefined) return session;
      }
    }
    return undefined;
  }

  /** Somebody else has the session's SSRC: it says goodbye and takes another one (RFC 3550 §8.2). */
  #renewSsrc(session: StandardSession, now: Now): void {
    const old = session.ssrc;
    this.sayGoodbye(session, now, "SSRC collision");
    session.playback.changeSsrc(this.newSsrc());
    this.#sources.delete(old);
    this.#sources.set(session.ssrc, session);
    this.#control(session, session.report(now));
    this.log("warning", session, "The listener uses the same SSRC: a new one is taken");
  }

  /** Looks again when the listener would have been silent for too long. */
  #watch(session: StandardSession): void {
    const { tasks, settings: { sessionTimeoutMs } } = this.#parts;
    tasks.put(rareLineMs(session.lastSeenMs + sessionTimeoutMs), (now) => {
      if (this.#sessions.get(session.id) !== session) return;
      // Inside the connection, that what is sent is read is sign enough.
      const isRead = session.route.kind === "interleaved" && session.state === "playing";
      if (isRead) session.lastSeenMs = now.monotonicMs;
      if (now.monotonicMs < session.lastSeenMs + sessionTimeoutMs) return this.#watch(session);
      if (session.carrier === undefined) this.sayGoodbye(session, now, "timeout");
      this.log("warning", session, `Session ended: silent for ${sessionTimeoutMs / 1000} s`);
      this.remove(session, now);
    });
  }

  /** The sender to a group goes when its last member does, and says goodbye to whoever listens in. */
  #leave(member: StandardSession, carrier: MulticastCarrier, now: Now): void {
    carrier.members.delete(member);
    if (carrier.members.size > 0) {
      if (carrier.isIdle) carrier.playback.pause();
      return;
    }
    this.sayGoodbye(carrier, now, "nobody listens");
    carrier.playback.pause();
    carrier.generation++;
    this.#sources.delete(carrier.ssrc);
    this.#count(carrier);
    for (const [movie, found] of this.#carriers) {
      if (found === carrier) this.#carriers.delete(movie);
    }
  }

  /** Keeps what a session has sent that ends now. */
  #count({ playback }: ServerSession): void {
    this.#ended = { ...addCounts(this.#ended, playback.counts), sessions: this.#ended.sessions };
  }

  #control({ id: session, route }: StandardSession, bytes: Uint8Array): void {
    this.#parts.emit({ kind: "control", session, route, bytes });
  }
}

/** Whether packets are sent for this session: not so for a member of a group. */
function sendsItself(session: ServerSession): boolean {
  return !(session instanceof StandardSession) || session.carrier === undefined;
}
