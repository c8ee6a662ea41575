import type { Movie } from "./movie.ts";

/**
 * The frame of a live movie that is due first, now or later; 0 for one that is not live.
 *
 * @param unixMs Now.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const movie = { liveSinceMs: 1_000_000, framesPerSecond: 25 };
 * assertEquals(liveIndexAt(movie, 1_000_000), 0);
 * assertEquals(liveIndexAt(movie, 1_000_041), 2);
 * ```
 */
export function liveIndexAt(
  movie: Pick<Movie, "liveSinceMs" | "framesPerSecond">,
  unixMs: number,
): number {
  if (movie.liveSinceMs === undefined) return 0;
  return Math.max(0, Math.ceil((unixMs - movie.liveSinceMs) * movie.framesPerSecond / 1000));
}
