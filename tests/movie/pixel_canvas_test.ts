import { assertEquals } from "@std/assert";
import { PixelCanvas } from "../../lib/movie/pixel_canvas.ts";

/** The red of each pixel, row by row. */
function reds(canvas: PixelCanvas): number[] {
  return Array.from(canvas.pixels).filter((_, i) => i % 3 === 0);
}

const RECTANGLES: [string, [number, number, number, number], number[]][] = [
  ["inside", [1, 0, 1, 2], [0, 7, 0, 0, 7, 0]],
  ["over the upper left corner", [-2, -1, 3, 2], [7, 0, 0, 0, 0, 0]],
  ["over the lower right corner", [2, 1, 5, 5], [0, 0, 0, 0, 0, 7]],
  ["outside", [3, 0, 1, 1], [0, 0, 0, 0, 0, 0]],
  ["of no width", [1, 0, 0, 2], [0, 0, 0, 0, 0, 0]],
];
for (const [name, [x, y, width, height], wanted] of RECTANGLES) {
  Deno.test(`PixelCanvas.fillRectangle() fills one ${name}`, () => {
    const canvas = new PixelCanvas(3, 2);
    canvas.fillRectangle(x, y, width, height, [7, 8, 9]);
    assertEquals(reds(canvas), wanted);
  });
}

Deno.test("PixelCanvas.blend() mixes by opacity, inside the picture", () => {
  const canvas = new PixelCanvas(2, 1);
  canvas.blend(0, 0, [200, 100, 0], 0.25);
  canvas.blend(1, 0, [200, 100, 0], 1);
  for (const [x, y] of [[-1, 0], [0, -1], [2, 0], [0, 1]] as const) {
    canvas.blend(x, y, [255, 255, 255], 1);
  }
  assertEquals(canvas.pixels, Uint8Array.of(50, 25, 0, 200, 100, 0));
});
