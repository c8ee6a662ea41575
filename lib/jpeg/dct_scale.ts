/**
 * What `forwardDct` has left to multiply a coefficient with, so that it becomes the one of T.81
 * §A.3.3.
 *
 * @param at The coefficient's place in the block, row by row: 0 to 63.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dctScale(0), 1 / 8);
 * ```
 */
export function dctScale(at: number): number {
  return 1 / (8 * factor(at >> 3) * factor(at & 7));
}

function factor(frequency: number): number {
  return frequency === 0 ? 1 : Math.SQRT2 * Math.cos(frequency * Math.PI / 16);
}
