import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { decodePixels } from "../../lib/jpeg/decode_pixels.ts";
import { JpegEncoder } from "../../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { makeThumbnail } from "../../lib/pictures/make_thumbnail.ts";
import { PictureEncoder } from "../../lib/pictures/picture_encoder.ts";
import { shrink } from "../../lib/jpeg/shrink.ts";
import { psnr } from "../interop/psnr.ts";
import { labMovieFrames } from "../support/lab_movie.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { lumaOf, readJpeg, readPng } from "./read_rgb.ts";

const MOVIE = await labMovieFrames(new URL("../../media/movie.Mjpeg", import.meta.url));

const SIZES: [[number, number], number, [number, number]][] = [
  [[384, 288], 160, [160, 120]],
  [[288, 384], 160, [120, 160]],
  [[64, 48], 160, [64, 48]],
  [[64, 48], 64, [64, 48]],
  [[1920, 1080], 160, [160, 90]],
  [[1920, 1080], 1000, [1000, 563]],
  [[300, 2], 100, [100, 1]],
  [[17, 9], 1, [1, 1]],
];
for (const [[width, height], size, wanted] of SIZES) {
  Deno.test(`makeThumbnail() of ${width} x ${height} for ${size} is ${wanted.join(" x ")}`, () => {
    const jpeg = new JpegEncoder(width, height).encode(new Uint8Array(width * height * 3).fill(99));
    const picture = makeThumbnail(jpeg, size);
    assertEquals([picture.width, picture.height], wanted);
    assertEquals(picture.pixels.length, wanted[0] * wanted[1] * 3);
    assert(picture.pixels.every((value) => Math.abs(value - 99) < 3));
  });
}

for (const size of [48, 96, 160, 192, 384]) {
  Deno.test(`makeThumbnail() of ${size} pixels shows frame numbers that machines can read`, async () => {
    for (let frame = 0; frame < MOVIE.length; frame += 61) {
      const small = makeThumbnail(MOVIE[frame] as Uint8Array, size);
      const numbers = await Promise.all((["jpg", "png"] as const).map(async (kind) => {
        const file = await new PictureEncoder(kind).encode(small);
        const { width, height, ...rest } = kind === "jpg" ? readJpeg(file) : readPng(file);
        return readFrameBlocks(lumaOf({ width, height, ...rest }), width, height);
      }));
      const [first] = numbers;
      assertEquals(numbers, [frame + 1, frame + 1], `frame ${frame} reads ${first}`);
    }
  });
}

for (const size of [40, 48, 100, 160, 300]) {
  Deno.test(`makeThumbnail() of ${size} pixels is like the whole picture made smaller`, () => {
    const jpeg = MOVIE[100] as Uint8Array;
    const small = makeThumbnail(jpeg, size);
    const whole = decodePixels(parseJpegImage(jpeg), 1);
    const wanted = shrink(whole, small.width, small.height);
    assertGreater(psnr(Uint8Array.from(small.pixels), Uint8Array.from(wanted.pixels)), 30);
  });
}

Deno.test("PictureEncoder writes PNG without loss, and pictures of several sizes", async () => {
  const [jpeg, other] = [...sampleJpegs(1), ...sampleJpegs(1, 33, 17)] as [Uint8Array, Uint8Array];
  const [png, jpg] = [new PictureEncoder("png"), new PictureEncoder("jpg")];
  for (const source of [jpeg, other, jpeg]) {
    const picture = makeThumbnail(source, 64);
    const read = readPng(await png.encode(picture));
    assertEquals([...read.pixels], [...picture.pixels]);
    const { width, height, pixels } = readJpeg(await jpg.encode(picture));
    assertEquals([width, height], [picture.width, picture.height]);
    assertGreater(psnr(Uint8Array.from(pixels), Uint8Array.from(picture.pixels)), 33);
  }
});

Deno.test("makeThumbnail() says what is no picture", () => {
  assertThrows(() => makeThumbnail(new Uint8Array(100), 160), WireError);
});
