import type { SessionStatus } from "../web/session_status.ts";
import { formatMs, formatScaled, formatShare, UNKNOWN } from "./quantities.ts";

/** The columns of the table of sessions, in their order. */
export const SESSION_COLUMNS = [
  "Peer",
  "Movie",
  "State",
  "Transport",
  "Data rate",
  "Frames",
  "Loss",
  "Jitter",
  "Round trip",
  "Dropped",
] as const;

/** What a row of the table says, a text for each column. */
export type SessionCells = Readonly<Record<typeof SESSION_COLUMNS[number], string>>;

/** What the table says of one session. */
export function sessionCells(session: SessionStatus): SessionCells {
  const { peer, user, movie, state, dialect, reception, droppedFrames, skipped } = session;
  const isPlaying = state === "playing";
  return {
    Peer: user === null ? peer : `${user} at ${peer}`,
    Movie: movie,
    State: state,
    Transport: `${session.transport.toUpperCase()}${dialect === "lab" ? ", lab" : ""}`,
    "Data rate": isPlaying ? formatScaled(session.bitsPerSecond, "bit/s") : UNKNOWN,
    Frames: isPlaying ? `${session.framesSentPerSecond} fps` : UNKNOWN,
    Loss: reception === null ? UNKNOWN : formatShare(reception.fractionLost),
    Jitter: reception === null ? UNKNOWN : formatMs(reception.jitterMs),
    "Round trip": typeof reception?.roundTripMs === "number"
      ? formatMs(reception.roundTripMs)
      : UNKNOWN,
    Dropped: String(droppedFrames + skipped),
  };
}
