import { assert, assertEquals, assertGreater } from "@std/assert";
import type { Planes } from "./decode_planes.ts";
import type { JpegShape } from "./jpeg_shapes.ts";
import { psnr } from "./psnr.ts";

/** How near the chroma must be to the mean of the source's pixels, in dB. */
const LEAST_CHROMA_PSNR = 40;

/**
 * Fails unless the picture that a peer received has the source's luma, sample by sample, and its chroma
 * averaged. What the peer has beyond the source's size, where that is no multiple of 8, is not looked at.
 */
export function assertCarried(received: Planes, source: Planes, { chroma }: JpegShape): void {
  const { width, height } = source;
  assertEquals(
    [received.width, received.height],
    [Math.ceil(width / 8) * 8, Math.ceil(height / 8) * 8],
    "size",
  );
  const luma = crop(received.planes[0], received.width, width, height);
  assert(equal(luma, source.planes[0]), `luma is another: ${psnr(luma, source.planes[0])} dB`);
  for (const n of [1, 2] as const) {
    const found = crop(received.planes[n], received.width, width, height);
    const [means, picked] = averaged(source.planes[n], found, width, chroma);
    assertGreater(psnr(picked, means), LEAST_CHROMA_PSNR, `chroma ${n}`);
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((sample, i) => sample === b[i]);
}

function crop(plane: Uint8Array, stride: number, width: number, height: number): Uint8Array {
  const cropped = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    cropped.set(plane.subarray(y * stride, y * stride + width), y * width);
  }
  return cropped;
}

/** The mean of the source in each cell of pixels that share a chroma sample, and that sample. */
function averaged(
  source: Uint8Array,
  found: Uint8Array,
  width: number,
  [across, down]: readonly [number, number],
): [means: Uint8Array, picked: Uint8Array] {
  const height = source.length / width;
  const [means, picked]: [number[], number[]] = [[], []];
  for (let top = 0; top < height; top += down) {
    for (let left = 0; left < width; left += across) {
      let [sum, count] = [0, 0];
      for (let y = top; y < Math.min(height, top + down); y++) {
        for (let x = left; x < Math.min(width, left + across); x++, count++) {
          sum += source[y * width + x] as number;
        }
      }
      means.push(Math.round(sum / count));
      picked.push(found[top * width + left] as number);
    }
  }
  return [Uint8Array.from(means), Uint8Array.from(picked)];
}
