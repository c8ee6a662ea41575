import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import type { FrameCache } from "./frame_cache.ts";
import type { Peer } from "./peer.ts";
import type { ConnectionId, LogLevel } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import type { ServerSettings } from "./server_settings.ts";

/** Goes on with a request whose movie was looked up. */
export type MovieContinuation = (result: MovieLease | MovieRefusal, now: Now) => void;

/** What the server offers to the conversation on one RTSP connection. */
export interface ConversationHost {
  readonly connection: ConnectionId;
  readonly peer: Peer;
  readonly settings: ServerSettings;
  readonly random: RandomSource;
  readonly cache: FrameCache;
  /** Writes to the peer. */
  write(bytes: Uint8Array): void;
  /** Closes the connection after what was written; `disconnect()` follows. */
  close(reason: string): void;
  /** One line about this connection. */
  log(level: LogLevel, message: string, session?: string): void;
  /** Looks a movie up; later requests of this connection wait until then. */
  openMovie(path: string, then: MovieContinuation): void;
  /** Nobody uses a movie any more that `openMovie` brought. */
  releaseMovie(lease: MovieLease): void;
  /** Whether a session of this id is there. */
  isSession(id: string): boolean;
  /** The session is there from now on. */
  addSession(session: ServerSession): void;
  /** The session is there no longer; its movie is released. */
  removeSession(session: ServerSession): void;
  /** Looks after the session's playback from its `dueMs` on; to be called after each `play()`. */
  schedule(session: ServerSession): void;
}
