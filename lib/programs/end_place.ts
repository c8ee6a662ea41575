import type { SessionFigures } from "../client/session_figures.ts";

/** How near its end the last frame of a movie is, in seconds of playing. */
const NEAR_SECONDS = 1;

/**
 * Where a movie stands when its stream has ended: at its end, in reverse at its start, if the newest frame
 * was near it.
 *
 * @param positionSeconds Of the newest frame; `null` where it is not known.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const movie = { startSeconds: 0, endSeconds: 20 };
 * assertEquals([endPlace(19.95, { movie }), endPlace(12, { movie })], [20, 12]);
 * assertEquals(endPlace(0.9, { movie, scale: { wanted: -1, used: -1 } }), 0);
 * ```
 */
export function endPlace(
  positionSeconds: number | null,
  { movie, scale }: Pick<SessionFigures, "movie" | "scale">,
): number | null {
  const pace = scale?.used ?? 1;
  const edge = pace < 0 ? movie?.startSeconds : movie?.endSeconds;
  if (positionSeconds === null || edge === undefined) return positionSeconds;
  return Math.abs(edge - positionSeconds) <= NEAR_SECONDS * Math.abs(pace) ? edge : positionSeconds;
}
