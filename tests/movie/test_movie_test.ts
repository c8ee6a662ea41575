import { assertEquals, assertThrows } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { liveIndexAt } from "../../lib/movie/live_index_at.ts";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { TestMovie } from "../../lib/movie/test_movie.ts";
import { parseTestPattern } from "../../lib/movie/test_pattern.ts";
import { canCarry } from "../../lib/rtp_jpeg/can_carry.ts";
import { decodeLuma } from "./decode_luma.ts";

const SINCE_MS = Date.UTC(2026, 0, 1);

for (const [width, height] of [[160, 120], [480, 120], [161, 123], [640, 480], [322, 1000]]) {
  Deno.test(`TestMovie.frame() of ${width} x ${height} says its number and time in blocks`, () => {
    const pattern = { width: width ?? 0, height: height ?? 0, framesPerSecond: 30 };
    const movie = new TestMovie("test", pattern, SINCE_MS);
    for (const index of [0, 1, 299, 5000]) {
      const luma = decodeLuma(movie.frame(index));
      assertEquals([luma.width, luma.height], [width, height]);
      const read = (row: number) => readFrameBlocks(luma.samples, luma.width, luma.height, row);
      const unixMs = Math.floor(SINCE_MS + index * 1000 / 30);
      assertEquals([read(0), read(1)], [(index + 1) % 4096, unixMs % 4096]);
    }
  });
}

Deno.test("TestMovie.frame() makes the same frame for all, in any order", () => {
  const movie = new TestMovie("test", { width: 320, height: 240, framesPerSecond: 25 }, SINCE_MS);
  const [first, other] = [movie.frame(7), movie.frame(8)];
  assertEquals(movie.frame(7), first);
  assertEquals(first.length === other.length && first.every((byte, i) => byte === other[i]), false);
  assertEquals(parseJpegImage(first).width, 320);
  assertThrows(() => movie.frame(-1), RangeError, "No frame -1");
});

Deno.test("TestMovie.frame() can be carried by RTP as it is", () => {
  const movie = new TestMovie("test", { width: 640, height: 480, framesPerSecond: 25 }, SINCE_MS);
  const image = parseJpegImage(movie.frame(3));
  assertEquals(canCarry(image), undefined);
  assertEquals(image.scans[0]?.restartInterval, 40);
});

Deno.test("liveIndexAt() finds the frame that is due", () => {
  const movie = new TestMovie("test", { width: 320, height: 240, framesPerSecond: 25 }, SINCE_MS);
  const indexes = [-5, 0, 1, 40, 41].map((ms) => liveIndexAt(movie, SINCE_MS + ms));
  assertEquals(indexes, [0, 0, 1, 1, 2]);
});

const PATTERNS: [string, ReturnType<typeof parseTestPattern>][] = [
  ["", { width: 640, height: 480, framesPerSecond: 25 }],
  ["size=1920x1080&fps=29.97", { width: 1920, height: 1080, framesPerSecond: 29.97 }],
  ["fps=1", { width: 640, height: 480, framesPerSecond: 1 }],
  ["size=1x1", 'size is "1x1", not from 160x120 to 3840x2160'],
  ["size=99999x99999", 'size is "99999x99999", not from 160x120 to 3840x2160'],
  ["size=640", 'size is "640", not from 160x120 to 3840x2160'],
  ["size=640x120", "640 x 120 is more than 4 times as wide as high"],
  ["fps=0.5", 'fps is "0.5", not a number from 1 to 120'],
  ["fps=NaN", 'fps is "NaN", not a number from 1 to 120'],
  ["fps=25&fps=30", '"fps" is given twice'],
  ["color=red", '"color" is unknown, there are size and fps'],
  ["%ff=%00", '"\ufffd" is unknown, there are size and fps'],
];
for (const [query, pattern] of PATTERNS) {
  Deno.test(`parseTestPattern() reads "${query}"`, () => {
    assertEquals(parseTestPattern(query), pattern);
  });
}
