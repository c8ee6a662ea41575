import { JpegEncoder, type JpegEncoderOptions } from "../../lib/jpeg/jpeg_encoder.ts";

/** Real JPEGs of a moving gradient, which decoders show. */
export function sampleJpegs(
  count: number,
  width: number = 64,
  height: number = 48,
  options: JpegEncoderOptions = {},
): Uint8Array[] {
  const encoder = new JpegEncoder(width, height, options);
  const pixels = new Uint8Array(width * height * 3);
  return Array.from({ length: count }, (_, frame) => {
    for (let at = 0; at < width * height; at++) {
      const [x, y] = [at % width, Math.floor(at / width)];
      pixels[3 * at] = (x * 4 + frame * 6) % 256;
      pixels[3 * at + 1] = y * 255 / height;
      pixels[3 * at + 2] = (frame * 5) % 256;
    }
    return encoder.encode(pixels).slice();
  });
}
