import { decodeShrunken } from "../jpeg/decode_shrunken.ts";
import { parseJpegImage } from "../jpeg/jpeg_image.ts";
import type { Picture } from "./picture.ts";

/**
 * A small picture of a JPEG.
 *
 * @param size The most that width and height may have, in pixels; a smaller picture stays as it is.
 * @throws {WireError} The bytes are no picture that we decode.
 */
export function makeThumbnail(jpeg: Uint8Array, size: number): Picture {
  const image = parseJpegImage(jpeg);
  const share = Math.min(1, size / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * share));
  const height = Math.max(1, Math.round(image.height * share));
  return decodeShrunken(image, width, height);
}
