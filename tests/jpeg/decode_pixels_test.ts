import { assert, assertEquals } from "@std/assert";
import { decodePixels } from "../../lib/jpeg/decode_pixels.ts";
import { JpegEncoder } from "../../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { hex } from "../support/hex.ts";
import { entropyOf, greyJpeg } from "./jpeg_parts.ts";
import { PROGRESSIVE_SAMPLE } from "./progressive_sample.ts";

Deno.test("decodePixels() gives a flat grey block its DC", () => {
  // DC 5 with the quantiser 2: 5 * 2 / 8 above the middle of 128, which is 129.25.
  const image = parseJpegImage(greyJpeg({ entropy: entropyOf("100 101 1010") }));
  for (const scale of [1, 2, 4, 8] as const) {
    const { width, height, rgba } = decodePixels(image, scale);
    assertEquals([width, height], [8 / scale, 8 / scale]);
    const pixels = Array.from({ length: width * height }, () => [129, 129, 129, 255]);
    assertEquals(rgba, Uint8ClampedArray.from(pixels.flat()));
  }
});

const SIZES: [scale: 1 | 2 | 4 | 8, width: number, height: number][] = [
  [1, 19, 13],
  [2, 10, 7],
  [4, 5, 4],
  [8, 3, 2],
];
for (const [scale, width, height] of SIZES) {
  Deno.test(`decodePixels() rounds sizes up at 1/${scale}, also of a progressive JPEG`, () => {
    const pixels = decodePixels(parseJpegImage(PROGRESSIVE_SAMPLE), scale);
    assertEquals([pixels.width, pixels.height], [width, height]);
    assertEquals(pixels.rgba.length, width * height * 4);
  });
}

/** Left half red, right half blue. */
const HALVES = Uint8Array.from({ length: 64 * 32 * 3 }, (_, at) => {
  const [channel, x] = [at % 3, Math.floor(at / 3) % 64];
  return channel === (x < 32 ? 0 : 2) ? 255 : 0;
});
for (const sampling of ["4:4:4", "4:2:2", "4:2:0"] as const) {
  for (const scale of [1, 2, 4, 8] as const) {
    Deno.test(`decodePixels() puts the colours of ${sampling} in their places at 1/${scale}`, () => {
      const jpeg = new JpegEncoder(64, 32, { sampling, quality: 95 }).encode(HALVES);
      const { width, height, rgba } = decodePixels(parseJpegImage(jpeg), scale);
      for (let at = 0; at < width * height; at++) {
        const wanted = at % width < width / 2 ? [255, 0, 0] : [0, 0, 255];
        const found = rgba.subarray(at * 4, at * 4 + 3);
        assert(wanted.every((v, c) => Math.abs(v - (found[c] ?? 0)) < 8), `${at}: ${found}`);
      }
    });
  }
}

Deno.test("decodePixels() gives R, G, B components as they are", () => {
  const image = parseJpegImage(greyJpeg({
    sof: hex`ff c0 00 11 08 00 08 00 08 03  52 11 00  47 11 00  42 11 00`,
    sos: hex`ff da 00 0c 03  52 00 47 00 42 00  00 3f 00`,
    // DC 5, 0 and -1, each with an end of block.
    entropy: entropyOf("100 101 1010  00 1010  010 0 1010"),
  }));
  assertEquals(Array.from(decodePixels(image, 8).rgba), [129, 128, 128, 255]);
});
