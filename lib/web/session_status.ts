import type { SessionView } from "../server/session_view.ts";

/** One session as the HTTP interface shows it: what it is, and how fast it goes. */
export interface SessionStatus extends SessionView {
  /** Frames that were left out because the listener reads too slowly; those of its connection. */
  readonly droppedFrames: number;
  /** Payload sent over the last second. */
  readonly bitsPerSecond: number;
  /** Frames sent over the last second. */
  readonly framesSentPerSecond: number;
}
