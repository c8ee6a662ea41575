import { decodePixels } from "../jpeg/decode_pixels.ts";
import { parseJpegImage } from "../jpeg/jpeg_image.ts";
import type { Picture } from "./picture.ts";
import { shrink } from "./shrink.ts";

/** What pictures are divided by while they are decoded; each is much faster than the next. */
const SCALES = [8, 4, 2, 1] as const;

/**
 * A small picture of a JPEG. It is decoded at no more than the scale that suffices: 1080p for 160 pixels
 * from its DC coefficients alone.
 *
 * @param size The most that width and height may have, in pixels; a smaller picture stays as it is.
 * @throws {WireError} The bytes are no picture that we decode.
 */
export function makeThumbnail(jpeg: Uint8Array, size: number): Picture {
  const image = parseJpegImage(jpeg);
  const longer = Math.max(image.width, image.height);
  const share = Math.min(1, size / longer);
  const width = Math.max(1, Math.round(image.width * share));
  const height = Math.max(1, Math.round(image.height * share));
  const scale =
    SCALES.find((divisor) => image.width >= width * divisor && image.height >= height * divisor) ??
      1;
  return shrink(decodePixels(image, scale), width, height);
}
