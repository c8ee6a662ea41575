import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ZIGZAG } from "../../lib/jpeg/annex_k.ts";
import { type BlockSize, InverseDct } from "../../lib/jpeg/inverse_dct.ts";
import { SeededRandom } from "../support/random.ts";

/** The samples of a block by the formula of T.81 §A.3.3. */
function byFormula(coefficients: Int16Array, quantisers: Uint16Array): number[] {
  const norm = (k: number) => k === 0 ? Math.SQRT1_2 : 1;
  return Array.from({ length: 64 }, (_, at) => {
    let sum = 0;
    ZIGZAG.forEach((place, n) => {
      const [u, v] = [place & 7, place >> 3];
      const value = (coefficients[n] ?? 0) * (quantisers[n] ?? 0);
      sum += norm(u) * norm(v) * value *
        Math.cos((2 * (at & 7) + 1) * u * Math.PI / 16) *
        Math.cos((2 * (at >> 3) + 1) * v * Math.PI / 16);
    });
    return sum / 4;
  });
}

/** Means of the samples that become one. */
function means(samples: readonly number[], across: BlockSize, down: BlockSize): number[] {
  const [width, height] = [8 / across, 8 / down];
  return Array.from({ length: across * down }, (_, at) => {
    let sum = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [column, row] = [at % across * width + x, Math.floor(at / across) * height + y];
        sum += samples[row * 8 + column] ?? 0;
      }
    }
    return sum / (width * height);
  });
}

const SIZES: readonly BlockSize[] = [1, 2, 4, 8];
for (const across of SIZES) {
  for (const down of SIZES) {
    Deno.test(`InverseDct gives means of a block as ${across} x ${down} samples`, () => {
      const random = new SeededRandom(across * 8 + down);
      for (let run = 0; run < 50; run++) {
        const quantisers = Uint16Array.from({ length: 64 }, () => 1 + random.below(40));
        const density = 1 + random.below(64);
        const coefficients = Int16Array.from(
          { length: 64 },
          () => random.below(64) < density ? random.below(41) - 20 : 0,
        );
        const out = new Float32Array(16 * 8).fill(7);
        const blocks = Int16Array.of(...new Array(64).fill(9), ...coefficients);
        new InverseDct(quantisers, across, down).transform(blocks, 64, out, 3, 16);
        const expected = means(byFormula(coefficients, quantisers), across, down);
        expected.forEach((value, at) => {
          const place = 3 + Math.floor(at / across) * 16 + at % across;
          assertAlmostEquals(out[place] ?? NaN, value, 0.01);
          out[place] = 7;
        });
        assertEquals(out, new Float32Array(16 * 8).fill(7));
      }
    });
  }
}
