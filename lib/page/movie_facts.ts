import type { MovieView } from "../web/movie_view.ts";
import { formatClock, formatFrameRate, formatScaled } from "./quantities.ts";

/**
 * What a card says of a movie, in a few words each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const content = {
 *   frames: 500,
 *   framesPerSecond: 25,
 *   seconds: 20,
 *   width: 384,
 *   height: 288,
 *   live: false,
 *   etag: "x",
 * };
 * const movie = { name: "a", octets: 4_200_000, modifiedMs: null, content, problem: null };
 * assertEquals(movieFacts(movie), ["384 × 288", "25 fps", "0:20", "500 frames", "4.2 MB"]);
 * ```
 */
export function movieFacts({ content, octets }: MovieView): string[] {
  const size = octets > 0 ? [formatScaled(octets, "B")] : [];
  if (content === null) return size;
  const { width, height, framesPerSecond, seconds, frames, live } = content;
  const length = seconds === null || frames === null
    ? [live ? "live" : "without end"]
    : [formatClock(seconds), `${frames} ${frames === 1 ? "frame" : "frames"}`];
  return [`${width} × ${height}`, formatFrameRate(framesPerSecond), ...length, ...size];
}

/** The frame that stands for a movie, from 1: a third into it, where a title is over; 0 for the newest. */
export function thumbnailFrame({ content }: MovieView): number {
  if (content === null || content.frames === null) return 0;
  return Math.max(1, Math.ceil(content.frames / 3));
}
