import type { Pixels } from "./decode_pixels.ts";

/** Pixels without transparency. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row from the top. */
  readonly pixels: Uint8ClampedArray;
}

/** How a row of pixels becomes a shorter one: what each new pixel covers of the old ones. */
interface Cover {
  /** The first old pixel. */
  readonly start: number;
  /** How much of each, from there on; the sum is 1. */
  readonly weights: Float32Array;
}

/**
 * A picture with fewer pixels, each the mean of the area that it stands for, to parts of a pixel.
 *
 * @param width From 1 to that of the picture.
 * @param height From 1 to that of the picture.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const rgba = Uint8ClampedArray.of(0, 0, 0, 255, 60, 60, 60, 255, 90, 90, 90, 255);
 * const { pixels } = shrink({ width: 3, height: 1, rgba }, 2, 1);
 * assertEquals(pixels, Uint8ClampedArray.of(20, 20, 20, 80, 80, 80));
 * ```
 */
export function shrink(from: Pixels, width: number, height: number): RgbPixels {
  const columns = covers(from.width, width);
  const rows = covers(from.height, height);
  const pixels = new Uint8ClampedArray(width * height * 3);
  const line = new Float32Array(width * 3);
  const sums = new Float32Array(width * 3);
  rows.forEach(({ start, weights }, y) => {
    sums.fill(0);
    weights.forEach((weight, i) => {
      shrinkRow(from.rgba, (start + i) * from.width, columns, line);
      for (let at = 0; at < sums.length; at++) {
        sums[at] = (sums[at] as number) + weight * (line[at] as number);
      }
    });
    pixels.set(sums, y * width * 3);
  });
  return { width, height, pixels };
}

function covers(from: number, to: number): Cover[] {
  return Array.from({ length: to }, (_, index) => {
    const [left, right] = [index * from / to, (index + 1) * from / to];
    const start = Math.floor(left);
    const end = Math.min(from, Math.ceil(right - 1e-9));
    const weights = Float32Array.from(
      { length: end - start },
      (_, i) => (Math.min(right, start + i + 1) - Math.max(left, start + i)) * to / from,
    );
    return { start, weights };
  });
}

function shrinkRow(
  rgba: Uint8ClampedArray,
  row: number,
  columns: readonly Cover[],
  into: Float32Array,
): void {
  columns.forEach(({ start, weights }, x) => {
    let [red, green, blue] = [0, 0, 0];
    for (let i = 0; i < weights.length; i++) {
      const at = (row + start + i) * 4;
      const weight = weights[i] as number;
      red += weight * (rgba[at] as number);
      green += weight * (rgba[at + 1] as number);
      blue += weight * (rgba[at + 2] as number);
    }
    into[x * 3] = red;
    into[x * 3 + 1] = green;
    into[x * 3 + 2] = blue;
  });
}
