import { assertAlmostEquals } from "@std/assert";
import { dctScale } from "../../lib/jpeg/dct_scale.ts";
import { forwardDct } from "../../lib/jpeg/forward_dct.ts";
import { SeededRandom } from "../support/random.ts";

/** Coefficient (u, v) by the formula of T.81 §A.3.3; u counts along a row. */
function byFormula(block: Float32Array, u: number, v: number): number {
  let sum = 0;
  block.forEach((sample, at) => {
    const [x, y] = [at & 7, at >> 3];
    sum += sample * Math.cos((2 * x + 1) * u * Math.PI / 16) *
      Math.cos((2 * y + 1) * v * Math.PI / 16);
  });
  return sum / 4 * (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1);
}

Deno.test("forwardDct() with dctScale() is the DCT of T.81", () => {
  const random = new SeededRandom(1);
  for (let run = 0; run < 100; run++) {
    const samples = Float32Array.from({ length: 64 }, () => random.below(256) - 128);
    const block = samples.slice();
    forwardDct(block);
    block.forEach((value, at) => {
      assertAlmostEquals(value * dctScale(at), byFormula(samples, at & 7, at >> 3), 1e-3);
    });
  }
});
