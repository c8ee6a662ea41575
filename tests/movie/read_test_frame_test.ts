import { assertEquals } from "@std/assert";
import { readTestFrame } from "../../lib/movie/read_test_frame.ts";
import { TestMovie } from "../../lib/movie/test_movie.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";

Deno.test("readTestFrame() reads number and time of a test picture, whatever its size", () => {
  for (const [width, height] of [[160, 120], [640, 480], [1920, 1080]] as const) {
    const since = Date.UTC(2026, 0, 1);
    const movie = new TestMovie("test", { width, height, framesPerSecond: 25 }, since);
    for (const index of [0, 41, 5000]) {
      const expected = { number: (index + 1) % 4096, dueMs: (since + index * 40) % 4096 };
      assertEquals(readTestFrame(movie.frame(index)), expected, `${width} x ${height}`);
    }
  }
});

Deno.test("readTestFrame() finds nothing in another picture", () => {
  assertEquals(readTestFrame(sampleJpegs(1, 320, 240)[0] ?? new Uint8Array()), undefined);
});
