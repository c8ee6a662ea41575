import type { MovieLease } from "../movie/movie_lease.ts";
import type { Peer } from "./peer.ts";
import type { Playback } from "./playback.ts";
import type { ConnectionId, MediaRoute } from "./server_output.ts";
import type { SessionState } from "./session_states.ts";

/** Why a play broke off. */
export interface PlayFailure {
  /** Where it was: the datagrams could not be sent, or the movie could not be read. */
  readonly kind: "network" | "movie";
  readonly reason: string;
}

/** One listener: a movie, a route to send it on, and the state of the conversation about it. */
export interface ServerSession {
  /** Drawn at random, never used twice while it lives. */
  readonly id: string;
  readonly dialect: "lab" | "standard";
  /** The RTSP connection that set it up. */
  readonly connection: ConnectionId;
  readonly peer: Peer;
  /** Released when the session ends. */
  readonly lease: MovieLease;
  readonly playback: Playback;
  readonly route: MediaRoute;
  /** `init` once it has ended. */
  state: SessionState;
  /** Why the last play broke off, for the answer to the next one. */
  failure?: PlayFailure;
  /** What the log has been told already, so that it is told once. */
  warned: readonly ("cut" | "skipped")[];
  /** Counts up with each `play()`: a timer of an earlier one means nothing. */
  generation: number;
  /** The play has come to its end by itself. */
  ended(): void;
}
