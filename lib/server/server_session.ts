import type { MovieLease } from "../movie/movie_lease.ts";
import type { Peer } from "./peer.ts";
import type { Playback } from "./playback.ts";
import type { ConnectionId, MediaRoute } from "./server_output.ts";
import type { SessionState } from "./session_states.ts";

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
  /** Why sending failed since the last PLAY, for the answer to the next one. */
  failure?: string;
  /** What the log has been told already, so that it is told once. */
  readonly warned: Set<"cut" | "skipped">;
  /** Counts up with each `play()`: a timer of an earlier one means nothing. */
  generation: number;
  /** The play has come to its end by itself. */
  ended(): void;
}
