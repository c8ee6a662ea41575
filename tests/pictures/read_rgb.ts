import { decode } from "fast-png";
import { decodePixels } from "../../lib/jpeg/decode_pixels.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import type { Picture } from "../../lib/pictures/picture.ts";

/** A PNG file's pixels. */
export function readPng(file: Uint8Array): Picture {
  const { width, height, data, channels } = decode(file);
  if (channels !== 3) throw new Error(`The PNG has ${channels} channels`);
  return { width, height, pixels: Uint8Array.from(data) };
}

/** A JPEG file's pixels. */
export function readJpeg(file: Uint8Array): Picture {
  const { width, height, rgba } = decodePixels(parseJpegImage(file), 1);
  return { width, height, pixels: rgba.filter((_, i) => i % 4 !== 3) };
}

/** The luma of RGB. */
export function lumaOf({ pixels }: Picture): Uint8Array {
  return Uint8Array.from(
    { length: pixels.length / 3 },
    (_, i) => {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(i * 3, i * 3 + 3);
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    },
  );
}
