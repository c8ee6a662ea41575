import { decodePixels } from "../../lib/jpeg/decode_pixels.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";

/** A picture's green, which is near enough to its luma for black and white. */
export function decodeLuma(
  jpeg: Uint8Array,
): { readonly width: number; readonly height: number; readonly samples: Uint8Array } {
  const { width, height, rgba } = decodePixels(parseJpegImage(jpeg), 1);
  const samples = Uint8Array.from({ length: width * height }, (_, i) => rgba[i * 4 + 1] ?? 0);
  return { width, height, samples };
}
