import type { SamplePlane } from "./sample_plane.ts";

/** Luma weights of red and blue (BT.601, as JFIF 1.02 has them); green has the rest. */
const [RED, BLUE] = [0.299, 0.114];
const GREEN = 1 - RED - BLUE;
/** Full range: chroma from -128 to 127 for the strongest blue and red. */
const [CB, CR] = [0.5 / (1 - BLUE), 0.5 / (1 - RED)];

/**
 * Writes a picture into its planes Y, Cb and Cr, or Y alone (JFIF 1.02, full range). Where the chroma
 * planes are smaller by 2, a sample is the mean of its pixels; behind the picture's right and lower
 * edge its last pixels repeat.
 *
 * @param pixels RGB or RGBA, row by row; the opacity has no effect.
 * @param width In pixels; the height follows from the length.
 * @param step Bytes from pixel to pixel: 3 or 4.
 * @param planes Y, then nothing or Cb and Cr, which are of one size: Y's or half of it, in one or
 * both directions.
 */
export function convertColours(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  step: 3 | 4,
  planes: readonly SamplePlane[],
): void {
  const [luma, blue, red] = planes;
  if (luma === undefined) throw new RangeError("Cannot convert colours: no planes given");
  const columns = blue === undefined ? 0 : luma.width / blue.width;
  const rows = blue === undefined ? 0 : luma.height / blue.height;
  const lastRow = pixels.length / (step * width) - 1;
  blue?.samples.fill(0);
  red?.samples.fill(0);
  const share = 1 / (columns * rows);
  for (let y = 0; y < luma.height; y++) {
    const row = Math.min(y, lastRow) * width;
    const chromaRow = blue === undefined ? 0 : Math.floor(y / rows) * blue.width;
    for (let x = 0; x < luma.width; x++) {
      const at = (row + Math.min(x, width - 1)) * step;
      const r = pixels[at] as number, g = pixels[at + 1] as number, b = pixels[at + 2] as number;
      const level = RED * r + GREEN * g + BLUE * b;
      luma.samples[y * luma.width + x] = level - 128;
      if (blue === undefined || red === undefined) continue;
      const place = chromaRow + (columns === 2 ? x >> 1 : x);
      blue.samples[place] = blue.samples[place] as number + (b - level) * CB * share;
      red.samples[place] = red.samples[place] as number + (r - level) * CR * share;
    }
  }
}
