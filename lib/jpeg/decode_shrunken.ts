import { decodePixels } from "./decode_pixels.ts";
import type { JpegImage } from "./jpeg_image.ts";
import { type RgbPixels, shrink } from "./shrink.ts";

/** What a side can be divided by while it is decoded; each is much faster than the next. */
const DIVISORS = [8, 4, 2, 1] as const;

/**
 * The pixels of an image in a smaller size. It is decoded at no more than the scale that suffices: 1080p
 * for 160 pixels from its DC coefficients alone.
 *
 * @param width From 1 to the image's.
 * @param height From 1 to the image's.
 * @throws {WireError} The image cannot be decoded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { JpegEncoder } from "./jpeg_encoder.ts";
 * import { parseJpegImage } from "./jpeg_image.ts";
 *
 * const black = new JpegEncoder(64, 48).encode(new Uint8Array(64 * 48 * 3));
 * const { width, height, pixels } = decodeShrunken(parseJpegImage(black), 7, 5);
 * assertEquals([width, height, pixels.length], [7, 5, 7 * 5 * 3]);
 * ```
 */
export function decodeShrunken(image: JpegImage, width: number, height: number): RgbPixels {
  const suffices = (divisor: number) =>
    image.width >= width * divisor && image.height >= height * divisor;
  return shrink(decodePixels(image, DIVISORS.find(suffices) ?? 1), width, height);
}
