import { liveIndexAt } from "../movie/live_index_at.ts";
import type { Movie } from "../movie/movie.ts";

/** Which frame of a movie somebody wants to see. */
export type FrameChoice =
  /** The newest of a live movie, the first of any other. */
  | { readonly kind: "newest" }
  /** By its number, from 1. */
  | { readonly kind: "number"; readonly number: number }
  /** What is shown at this time, from 0. */
  | { readonly kind: "time"; readonly seconds: number };

/**
 * Reads `n=` and `t=` of a query.
 *
 * @returns One sentence where they make no sense.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseFrameChoice(new URLSearchParams("t=1.5")), { kind: "time", seconds: 1.5 });
 * assertEquals(parseFrameChoice(new URLSearchParams("n=0")), 'n needs a number from 1 on, not "0"');
 * ```
 */
export function parseFrameChoice(query: URLSearchParams): FrameChoice | string {
  const [n, t] = [query.get("n"), query.get("t")];
  if (n !== null && t !== null) return "n and t cannot be given both";
  if (n !== null) {
    if (!/^[1-9]\d{0,14}$/.test(n)) return `n needs a number from 1 on, not ${JSON.stringify(n)}`;
    return { kind: "number", number: Number(n) };
  }
  if (t === null) return { kind: "newest" };
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(t)) {
    return `t needs seconds such as 1.5, not ${JSON.stringify(t)}`;
  }
  return { kind: "time", seconds: Number(t) };
}

/**
 * The index of the chosen frame, from 0.
 *
 * @param unixMs Now.
 * @returns `undefined` where the movie has no such frame, or not yet.
 */
export function frameIndexOf(
  choice: FrameChoice,
  movie: Movie,
  unixMs: number,
): number | undefined {
  const { framesPerSecond, frameCount, liveSinceMs } = movie;
  const newest = liveSinceMs === undefined ? 0 : Math.max(0, liveIndexAt(movie, unixMs) - 1);
  const index = choice.kind === "newest" ? newest : choice.kind === "number"
    ? choice.number - 1
    // A millionth of a frame is the rounding of the decimal fraction.
    : Math.floor(choice.seconds * framesPerSecond + 1e-6);
  const end = liveSinceMs === undefined ? frameCount : newest + 1;
  return index < end ? index : undefined;
}
