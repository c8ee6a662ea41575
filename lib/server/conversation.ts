import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { Movie } from "../movie/movie.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import type { FrameCache } from "./frame_cache.ts";
import type { MulticastCarrier } from "./multicast_carrier.ts";
import type { Peer } from "./peer.ts";
import type { ConnectionId, LogLevel, MediaRoute, UdpRoute } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";
import type { StandardSession } from "./standard_session.ts";

/** Goes on with a request whose movie was looked up. */
export type MovieContinuation = (result: MovieLease | MovieRefusal, now: Now) => void;

/** What the server offers to the conversation on one RTSP connection. */
export interface ConversationHost {
  readonly connection: ConnectionId;
  readonly peer: Peer;
  readonly settings: ServerSettings;
  readonly random: RandomSource;
  readonly cache: FrameCache;
  /** The server's canonical name in RTCP (RFC 7022). */
  readonly cname: string;
  /** Writes to the peer. */
  write(bytes: Uint8Array): void;
  /** Closes the connection after what was written; `disconnect()` follows. */
  close(reason: string): void;
  /** A message as it came or went, where that is wanted. */
  trace(from: "C" | "S", lines: () => readonly string[]): void;
  /** One line about this connection. */
  log(level: LogLevel, message: string, session?: string): void;
  /** Looks a movie up; later requests of this connection wait until then. */
  openMovie(path: string, then: MovieContinuation): void;
  /** Goes on after a while; later requests of this connection wait until then. */
  delay(ms: number, now: Now, then: (now: Now) => void): void;
  /** Does something at a time, in monotonic milliseconds; nothing waits for it. */
  at(ms: number, task: (now: Now) => void): void;
  /** Whether some session was set up on this connection. */
  hasSession(): boolean;
  /** Nobody uses a movie any more that `openMovie` brought. */
  releaseMovie(lease: MovieLease): void;
  /** How many sessions there are. */
  sessionCount(): number;
  /** The session of this id, whoever's it is. */
  session(id: string): ServerSession | undefined;
  /** An SSRC at random that no session has. */
  newSsrc(): number;
  /** The session is there from now on; a standard one until its listener is silent for too long. */
  addSession(session: ServerSession): void;
  /** The session is there no longer; its movie is released. */
  removeSession(session: ServerSession, now: Now): void;
  /** The sender of a movie to its multicast group, made where there is none yet. */
  carrierOf(movie: Movie, make: (route: UdpRoute) => MulticastCarrier): MulticastCarrier;
  /** Looks after the session's playback from its `dueMs` on; to be called after each `play()`. */
  schedule(session: ServerSession, now: Now): void;
  /** Sends a sender report now, and others while the session plays; to be called after `schedule()`. */
  startReports(session: StandardSession, now: Now): void;
  /** The session's listener sent an RTCP datagram. */
  receiveControl(session: StandardSession, bytes: Uint8Array, now: Now): void;
  /** Sends one RTCP datagram. */
  sendControl(session: string, route: MediaRoute, bytes: Uint8Array): void;
}
