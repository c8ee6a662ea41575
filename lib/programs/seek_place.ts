import type { SessionFigures } from "../client/session_figures.ts";

/** What is left to be played by a seek to the very end, in seconds: servers refuse one behind it (457). */
const LEAST_SECONDS = 0.1;

/**
 * Where a play goes on that its user sends somewhere: to the very end means to what is shown last.
 *
 * @param seconds As chosen.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const movie = { startSeconds: 0, endSeconds: 20 };
 * assertEquals([seekPlace(20, { movie }), seekPlace(12, { movie })], [19.9, 12]);
 * assertEquals(seekPlace(20, { movie, scale: { wanted: -1 } }), 20);
 * assertEquals(seekPlace(0, { movie, scale: { wanted: -1 } }), 0.1);
 * ```
 */
export function seekPlace(
  seconds: number,
  { movie, scale }: Pick<SessionFigures, "movie" | "scale">,
): number {
  const { startSeconds, endSeconds = Infinity } = movie ?? { startSeconds: 0 };
  return (scale?.wanted ?? 1) < 0
    ? Math.max(seconds, startSeconds + LEAST_SECONDS)
    : Math.max(startSeconds, Math.min(seconds, endSeconds - LEAST_SECONDS));
}
