import type { WindowFigures } from "../web/window_messages.ts";

/** What tells where in a movie a client is. */
type PlaceFigures = Pick<WindowFigures, "dialect" | "range" | "positionSeconds">;

/** All of a movie. */
export interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Distances that an arrow key can go, in seconds. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60] as const;

/**
 * The stretch in which can be sought, or why there is none: a sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const live = { dialect: "standard", range: { startSeconds: 0, endSeconds: null } } as const;
 * assertEquals(seekable({ ...live, positionSeconds: 1 }), "The server names no end: it is live.");
 * ```
 */
export function seekable({ dialect, range }: PlaceFigures): Stretch | string {
  if (dialect === "lab") return "The lab dialect has no places to go to, and one speed.";
  if (range === null) return "Where to go is known once the server has described the movie.";
  const { startSeconds, endSeconds } = range;
  if (endSeconds === null) return "The server names no end: it is live.";
  return endSeconds > startSeconds
    ? { startSeconds, endSeconds }
    : "The movie has no length: there is no place to go to.";
}

/** How far before the start a position may be by the rounding of the server's figures, in seconds. */
const ROUNDING = 0.005;

/**
 * Where in a movie a position is that goes on counting when the movie starts over, in either direction.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const movie = { startSeconds: 0, endSeconds: 20 };
 * assertEquals([placeIn(movie, null), placeIn(movie, 12), placeIn(movie, 45)], [0, 12, 5]);
 * assertEquals([placeIn(movie, -0.001), placeIn(movie, -5), placeIn(movie, -45)], [0, 15, 15]);
 * ```
 */
export function placeIn({ startSeconds, endSeconds }: Stretch, position: number | null): number {
  const after = (position ?? startSeconds) - startSeconds;
  const length = endSeconds - startSeconds;
  if (after < -ROUNDING) return endSeconds + after % length;
  return startSeconds + (after <= length ? Math.max(0, after) : after % length);
}

/**
 * How far an arrow key goes: about a hundredth of the length.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([5, 20, 100, 9000].map(seekStep), [0.1, 0.2, 1, 60]);
 * ```
 */
export function seekStep(lengthSeconds: number): number {
  return STEPS.find((step) => step >= lengthSeconds / 100) ?? 60;
}
