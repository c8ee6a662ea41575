import type { ServerSession } from "../server/server_session.ts";
import type { ServerTotals } from "../server/server_totals.ts";

/** The streaming server as its pages see it. */
export interface ServerPort {
  readonly sessions: ReadonlyMap<string, ServerSession>;
  readonly totals: ServerTotals;
  /** By which way frames leave by UDP: `gso`, `mmsg` or `native`. */
  readonly sender: string;
  /** Frames of a session's connection that were left out because it is read too slowly. */
  droppedFrames(session: ServerSession): number;
  /** Ends a session; one that has ended already is no matter. */
  endSession(id: string, reason: string): void;
}
