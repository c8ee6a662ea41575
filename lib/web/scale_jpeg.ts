import { decodePixels, type Pixels } from "../jpeg/decode_pixels.ts";
import { JpegEncoder } from "../jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../jpeg/jpeg_image.ts";

/** What pictures are halved by while they are decoded; each step is much faster than the one before. */
const SCALES = [8, 4, 2, 1] as const;

/**
 * The same picture with this width, as a baseline JPEG; as it is where it is no wider.
 *
 * @param width In pixels, from 1.
 * @throws {WireError} The bytes are no picture that we decode.
 */
export function scaleJpeg(jpeg: Uint8Array, width: number): Uint8Array {
  const image = parseJpegImage(jpeg);
  if (image.width <= width) return jpeg;
  const scale = SCALES.find((divisor) => Math.ceil(image.width / divisor) >= width) ?? 1;
  const decoded = decodePixels(image, scale);
  const height = Math.max(1, Math.round(image.height * width / image.width));
  const { rgba } = shrink(decoded, width, height);
  return new JpegEncoder(width, height, { quality: 80 }).encode(rgba);
}

/** Each pixel is the mean of those that it stands for. */
function shrink(from: Pixels, width: number, height: number): Pixels {
  if (from.width === width && from.height === height) return from;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const top = Math.floor(y * from.height / height);
    const bottom = Math.max(top + 1, Math.floor((y + 1) * from.height / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor(x * from.width / width);
      const right = Math.max(left + 1, Math.floor((x + 1) * from.width / width));
      const mean = meanOf(from, left, top, right, bottom);
      rgba.set(mean, (y * width + x) * 4);
    }
  }
  return { width, height, rgba };
}

function meanOf(
  { rgba, width }: Pixels,
  left: number,
  top: number,
  right: number,
  bottom: number,
): [number, number, number, number] {
  let [r, g, b] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      r += rgba[at] as number;
      g += rgba[at + 1] as number;
      b += rgba[at + 2] as number;
    }
  }
  const count = (right - left) * (bottom - top);
  return [r / count, g / count, b / count, 255];
}
