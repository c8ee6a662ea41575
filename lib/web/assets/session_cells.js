// Made by `deno task page` from lib/page/; change it there.
import { formatMs, formatScaled, formatShare, UNKNOWN } from "./quantities.js";
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
"Dropped"
];
export function sessionCells(session) {
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
"Round trip": typeof reception?.roundTripMs === "number" ? formatMs(reception.roundTripMs) : UNKNOWN,
Dropped: String(droppedFrames + skipped)
};
}
