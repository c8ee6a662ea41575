/** How far apart the lines are. */
const GRID_MS = 50;

/**
 * The first line at or after a time, in milliseconds. What is rare (reports, the looks after silent
 * connections and sessions) is done on lines, so that what many sessions want costs one turn of the
 * event loop.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([50, 50.1, 99].map(rareLineMs), [50, 100, 100]);
 * ```
 */
export function rareLineMs(ms: number): number {
  return GRID_MS * Math.ceil(ms / GRID_MS);
}
