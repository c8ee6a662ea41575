import type { Colour, PixelCanvas } from "./pixel_canvas.ts";

/** Thickness of a stroke, in parts of a character's height. */
const STROKE = 0.16;
/** Room between characters, in parts of their height. */
const SPACING = 0.18;
/** Width of the glyphs' units, in parts of their height. */
const NARROW = 0.76;

interface Glyph {
  /** In units of which a character is 6 high. */
  readonly width: number;
  /** Strokes `x,y x,y …` in these units, y downwards. */
  readonly strokes: readonly string[];
}

const BOWL = "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0";
const GLYPHS: ReadonlyMap<string, Glyph> = new Map([
  ["0", { width: 4, strokes: [BOWL] }],
  ["1", { width: 4, strokes: ["0.7,1.3 2,0 2,6", "0.7,6 3.3,6"] }],
  ["2", { width: 4, strokes: ["0,1 1,0 3,0 4,1 4,2 0,6 4,6"] }],
  ["3", { width: 4, strokes: ["0,0.8 0.8,0 3,0 4,1 4,2 3,3 1.4,3", "3,3 4,4 4,5 3,6 1,6 0,5"] }],
  ["4", { width: 4, strokes: ["3,6 3,0 0,4 4,4"] }],
  ["5", { width: 4, strokes: ["4,0 0.3,0 0,3 1,2.4 3,2.4 4,3.4 4,5 3,6 1,6 0,5.2"] }],
  ["6", { width: 4, strokes: ["3.6,0 2.4,0 0,2.8 0,5 1,6 3,6 4,5 4,3.6 3,2.7 0.2,2.7"] }],
  ["7", { width: 4, strokes: ["0,0 4,0 1.4,6"] }],
  ["8", {
    width: 4,
    strokes: ["1,0 3,0 4,1 4,2 3,3 1,3 0,2 0,1 1,0", "1,3 0,4 0,5 1,6 3,6 4,5 4,4 3,3"],
  }],
  ["9", { width: 4, strokes: ["0.4,6 1.6,6 4,3.2 4,1 3,0 1,0 0,1 0,2.4 1,3.3 3.8,3.3"] }],
  [":", { width: 0.4, strokes: ["0.2,1.6 0.2,1.7", "0.2,4.6 0.2,4.7"] }],
  [".", { width: 0.4, strokes: ["0.2,5.9 0.2,6"] }],
  ["-", { width: 2.4, strokes: ["0.2,3 2.2,3"] }],
  [" ", { width: 2, strokes: [] }],
]);

/**
 * Writes a number, a time or a date with smooth edges, in thin strokes of any size.
 *
 * @param text Of the digits, `:`, `.`, `-` and space.
 * @param left Where the strokes of the first character begin, in pixels.
 * @param top Where they begin from above, in pixels.
 * @param height Of a character, in pixels; readable from 9 on.
 * @returns Where the last character ends, in pixels from the picture's left edge.
 * @throws {RangeError} The text has another character.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PixelCanvas } from "./pixel_canvas.ts";
 *
 * const canvas = new PixelCanvas(64, 16);
 * const end = drawDigits(canvas, "00:02.05", 2, 2, 11, [255, 255, 255]);
 * assertEquals(end < 64, true);
 * ```
 */
export function drawDigits(
  canvas: PixelCanvas,
  text: string,
  left: number,
  top: number,
  height: number,
  colour: Colour,
): number {
  const thickness = Math.max(1.2, height * STROKE);
  // Strokes have a thickness, so that their middle lines take less than the whole height.
  const unit = (height - thickness) / 6;
  let x = left;
  for (const character of text) {
    const glyph = GLYPHS.get(character);
    if (glyph === undefined) throw new RangeError(`Cannot draw digits: "${character}" is none`);
    const origin = { x: x + thickness / 2, y: top + thickness / 2, unit };
    drawGlyph(canvas, glyph, origin, thickness, colour);
    x += glyph.width * unit * NARROW + thickness + height * SPACING;
  }
  return x - (text === "" ? 0 : height * SPACING);
}

interface Origin {
  readonly x: number;
  readonly y: number;
  /** Pixels a unit of the glyph. */
  readonly unit: number;
}

function drawGlyph(
  canvas: PixelCanvas,
  glyph: Glyph,
  { x, y, unit }: Origin,
  thickness: number,
  colour: Colour,
): void {
  const lines = glyph.strokes.flatMap((stroke) => {
    const points = stroke.split(" ").map((point) => point.split(",").map(Number));
    return points.slice(1).map((to, i) =>
      [...points[i] ?? [], ...to].map((n, axis) =>
        axis % 2 === 0 ? x + n * unit * NARROW : y + n * unit
      )
    );
  });
  const right = x + glyph.width * unit * NARROW + thickness;
  for (let row = Math.floor(y - thickness); row < y + 6 * unit + thickness; row++) {
    for (let column = Math.floor(x - thickness); column < right; column++) {
      let distance = Infinity;
      for (const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] of lines) {
        distance = Math.min(distance, distanceToLine(column + 0.5, row + 0.5, x0, y0, x1, y1));
      }
      const opacity = Math.min(1, thickness / 2 + 0.5 - distance);
      if (opacity > 0) canvas.blend(column, row, colour, opacity);
    }
  }
}

function distanceToLine(
  x: number,
  y: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length2;
  const clamped = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - clamped * dx, y - y0 - clamped * dy);
}
