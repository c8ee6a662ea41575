import { assertEquals, assertThrows } from "@std/assert";
import { serializeLabFrame } from "../../lib/movie/lab_frame.ts";
import { hex } from "../support/hex.ts";
import { textOf } from "../support/text.ts";

Deno.test("serializeLabFrame() writes five digits and the JPEG", () => {
  assertEquals(serializeLabFrame(hex`ff d8 ff d9`, 1), hex`30 30 30 30 34 ff d8 ff d9`);
  const longest = serializeLabFrame(new Uint8Array(99_999), 1);
  assertEquals([textOf(longest.subarray(0, 5)), longest.length], ["99999", 100_004]);
});

for (const length of [0, 100_000]) {
  Deno.test(`serializeLabFrame() refuses a frame of ${length} bytes by number and size`, () => {
    assertThrows(
      () => serializeLabFrame(new Uint8Array(length), 7),
      RangeError,
      `Cannot write frame 7 in lab framing: it has ${length} bytes, 1 to 99999 fit`,
    );
  });
}
