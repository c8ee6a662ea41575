import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/movie/digit_font.ts";
import { PixelCanvas } from "../../lib/movie/pixel_canvas.ts";

/** The text in 16 rows of green levels. */
function drawn(text: string, width = 96): Uint8Array {
  const canvas = new PixelCanvas(width, 16);
  drawDigits(canvas, text, 2, 2, 12, [0, 255, 0]);
  return Uint8Array.from({ length: width * 16 }, (_, i) => canvas.pixels[i * 3 + 1] as number);
}

Deno.test("drawDigits() draws each character differently", () => {
  const characters = Array.from("0123456789:.-");
  for (const a of characters) {
    for (const b of characters.filter((other) => other > a)) {
      const [one, other] = [drawn(a), drawn(b)];
      const difference = one.reduce((sum, v, i) => sum + Math.abs(v - (other[i] as number)), 0);
      assertGreater(difference / 255, 2, `${a} and ${b}`);
    }
  }
});

Deno.test("drawDigits() keeps to its height and says where it ends", () => {
  for (const text of ["0", "8888", "00:02.05", "2026-01-01 12:34:56.789"]) {
    const canvas = new PixelCanvas(256, 16);
    const end = drawDigits(canvas, text, 2, 2, 12, [0, 255, 0]);
    const columns = new Set<number>();
    const rows = new Set<number>();
    canvas.pixels.forEach((value, i) => {
      if (i % 3 !== 1 || value < 64) return;
      columns.add(Math.floor(i / 3) % 256);
      rows.add(Math.floor(i / 3 / 256));
    });
    assertEquals([Math.min(...rows), Math.max(...rows)], [2, 13]);
    assertEquals(Math.min(...columns), 2);
    assert(Math.abs(Math.max(...columns) + 1 - end) <= 1, `${text} ends at ${end}`);
  }
});

Deno.test("drawDigits() draws nothing for nothing and for a space", () => {
  assertEquals(drawn(""), new Uint8Array(96 * 16));
  assertEquals(drawn(" "), new Uint8Array(96 * 16));
  assertEquals(drawDigits(new PixelCanvas(1, 1), "", 5, 0, 12, [0, 0, 0]), 5);
});

Deno.test("drawDigits() refuses a letter", () => {
  assertThrows(() => drawn("1a"), RangeError, 'Cannot draw digits: "a" is none');
});
