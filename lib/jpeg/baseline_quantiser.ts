/** Most that a baseline quantiser can be (T.81 §B.2.4.1). */
const MOST = 255;

/**
 * A quantiser that baseline has, of which the given one is nearly a multiple; so coefficients need no
 * rounding when they are quantised with it anew.
 *
 * @param quantiser 1 to 65535; itself if it is at most 255.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(baselineQuantiser(255), 255);
 * assertEquals(baselineQuantiser(600), 200); // 3 x 200
 * assertEquals(baselineQuantiser(511), 170); // 3 x 170 is 510
 * ```
 */
export function baselineQuantiser(quantiser: number): number {
  const least = Math.ceil(quantiser / MOST);
  let [best, missed] = [1, Infinity];
  for (let multiple = least; multiple <= 2 * least && missed > 0; multiple++) {
    const divided = Math.round(quantiser / multiple);
    const miss = Math.abs(divided * multiple - quantiser);
    if (miss < missed) [best, missed] = [divided, miss];
  }
  return best;
}
