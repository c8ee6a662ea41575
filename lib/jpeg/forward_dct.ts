/** Cosines of multiples of pi/16, as the method of Arai, Agui and Nakajima combines them. */
const [C4, C6, C2_MINUS_C6, C2_PLUS_C6] = [
  Math.SQRT1_2,
  Math.cos(6 * Math.PI / 16),
  Math.cos(2 * Math.PI / 16) - Math.cos(6 * Math.PI / 16),
  Math.cos(2 * Math.PI / 16) + Math.cos(6 * Math.PI / 16),
];

/**
 * The forward DCT of a block (T.81 §A.3.3), in place, by the method of Arai, Agui and Nakajima: 5
 * multiplications a row or column, because each coefficient is left with a factor of its own.
 * `dctScale` takes that factor out, best together with the quantiser.
 *
 * @param block 64 samples around 0, row by row.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { dctScale } from "./dct_scale.ts";
 *
 * const block = new Float32Array(64).fill(3);
 * forwardDct(block);
 * assertAlmostEquals((block[0] as number) * dctScale(0), 24);
 * ```
 */
export function forwardDct(block: Float32Array): void {
  for (let row = 0; row < 64; row += 8) transform(block, row, 1);
  for (let column = 0; column < 8; column++) transform(block, column, 8);
}

/** Eight values, `step` apart. */
function transform(block: Float32Array, first: number, step: number): void {
  const at = (n: number) => first + n * step;
  const v0 = block[at(0)] as number, v7 = block[at(7)] as number;
  const v1 = block[at(1)] as number, v6 = block[at(6)] as number;
  const v2 = block[at(2)] as number, v5 = block[at(5)] as number;
  const v3 = block[at(3)] as number, v4 = block[at(4)] as number;

  const sum07 = v0 + v7, sum16 = v1 + v6, sum25 = v2 + v5, sum34 = v3 + v4;
  const outer = sum07 + sum34, inner = sum16 + sum25;
  block[at(0)] = outer + inner;
  block[at(4)] = outer - inner;
  const even = sum07 - sum34;
  const turned = (sum16 - sum25 + even) * C4;
  block[at(2)] = even + turned;
  block[at(6)] = even - turned;

  const dif07 = v0 - v7, dif16 = v1 - v6, dif25 = v2 - v5, dif34 = v3 - v4;
  const low = dif34 + dif25, middle = (dif25 + dif16) * C4, high = dif16 + dif07;
  const shared = (low - high) * C6;
  const odd5 = C2_MINUS_C6 * low + shared, odd1 = C2_PLUS_C6 * high + shared;
  block[at(5)] = dif07 - middle + odd5;
  block[at(3)] = dif07 - middle - odd5;
  block[at(1)] = dif07 + middle + odd1;
  block[at(7)] = dif07 + middle - odd1;
}
