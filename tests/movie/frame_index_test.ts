import { assertEquals, assertThrows } from "@std/assert";
import { FrameIndex } from "../../lib/movie/frame_index.ts";

Deno.test("FrameIndex holds any number of frames, before and after trim()", () => {
  const index = new FrameIndex();
  for (let i = 0; i < 1000; i++) index.append(i * 2 ** 40, i + 1);
  for (let round = 0; round < 2; round++) {
    assertEquals([index.count, index.largest], [1000, 1000]);
    assertEquals([index.offsetOf(999), index.lengthOf(999)], [999 * 2 ** 40, 1000]);
    index.trim();
  }
  index.append(7, 5000);
  assertEquals([index.count, index.offsetOf(1000), index.largest], [1001, 7, 5000]);
});

Deno.test("FrameIndex can be trimmed when empty, and filled again", () => {
  const index = new FrameIndex();
  index.trim();
  index.append(1, 2);
  assertEquals([index.count, index.offsetOf(0), index.lengthOf(0)], [1, 1, 2]);
});

Deno.test("FrameIndex refuses what is not there", () => {
  const index = new FrameIndex();
  index.append(1, 2);
  assertThrows(() => index.lengthOf(1), RangeError, "No frame 1: there are 1");
});
