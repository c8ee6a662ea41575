import { decodeShrunken } from "../jpeg/decode_shrunken.ts";
import { JpegEncoder } from "../jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../jpeg/jpeg_image.ts";

/**
 * The same picture with this width, as a baseline JPEG; as it is where it is no wider.
 *
 * @param width In pixels, from 1.
 * @throws {WireError} The bytes are no picture that we decode.
 */
export function scaleJpeg(jpeg: Uint8Array, width: number): Uint8Array {
  const image = parseJpegImage(jpeg);
  if (image.width <= width) return jpeg;
  const height = Math.max(1, Math.round(image.height * width / image.width));
  return new JpegEncoder(width, height, { quality: 80 })
    .encode(decodeShrunken(image, width, height).pixels);
}
