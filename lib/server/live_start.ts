import type { Now } from "../bytes/now.ts";
import { liveIndexAt } from "../movie/live_index_at.ts";
import type { Movie } from "../movie/movie.ts";
import type { PlayOrder } from "./play_schedule.ts";

/** How somebody joins a live movie. */
export interface LiveStart {
  readonly order: PlayOrder;
  /** When its first frame is due, in monotonic milliseconds. */
  readonly startMs: number;
}

/** Where a live movie is joined now; `undefined` for one that everybody sees from its start. */
export function liveStart(movie: Movie, now: Now): LiveStart | undefined {
  const { liveSinceMs, framesPerSecond } = movie;
  if (liveSinceMs === undefined) return undefined;
  const from = liveIndexAt(movie, now.unixMs);
  const dueUnixMs = liveSinceMs + from * 1000 / framesPerSecond;
  return {
    order: { from, scale: 1, speed: 1, loop: false },
    startMs: now.monotonicMs + Math.max(0, dueUnixMs - now.unixMs),
  };
}
