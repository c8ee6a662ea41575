import { assertEquals, assertLess } from "@std/assert";
import { shrink } from "../../lib/jpeg/shrink.ts";

Deno.test("shrink() keeps the mean of a picture, whatever the sizes", () => {
  const rgba = Uint8ClampedArray.from({ length: 60 * 44 * 4 }, (_, i) => (i * 7919) % 251);
  const from = { width: 60, height: 44, rgba };
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const wanted = mean(rgba.filter((_, i) => i % 4 !== 3));
  for (const [width, height] of [[60, 44], [59, 43], [30, 22], [7, 5], [1, 1]] as const) {
    assertLess(Math.abs(mean(shrink(from, width, height).pixels) - wanted), 0.6);
  }
  assertEquals(shrink(from, 60, 44).pixels, rgba.filter((_, i) => i % 4 !== 3));
});
