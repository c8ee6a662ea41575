import { MISSING_GLYPH, STROKE_FONT, type StrokeGlyph } from "./stroke_font.ts";
import type { SvgStyle } from "./svg_style.ts";

/** Height of a capital in parts of the size, as fonts have it. */
const CAPITAL_HEIGHT = 0.7;
/** Between characters, in units of which a capital is 6 high. */
const SPACING = 2;
const STROKE_WIDTH = 0.8;

/** For pictures that stand alone: light, with all text as strokes, since renderers may have no fonts. */
export const PICTURE_STYLE: SvgStyle = {
  colours: {
    paper: "#ffffff",
    ink: "#18181b",
    pale: "#62626c",
    grid: "#e4e4e7",
    blue: "#2563eb",
    green: "#15803d",
    red: "#dc2626",
    amber: "#b45309",
    violet: "#7c3aed",
    teal: "#0f766e",
  },
  text: (content, { x, y, size, colour, anchor = "start", bold }) => {
    const unit = size * CAPITAL_HEIGHT / 6;
    const glyphs = Array.from(
      content,
      (sign): StrokeGlyph => STROKE_FONT.get(sign) ?? MISSING_GLYPH,
    );
    const width = glyphs.reduce((sum, [own]) => sum + own + SPACING, -SPACING) * unit;
    const shift = anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width;
    let left = x - shift;
    const paths = glyphs.map(([own, strokes]) => {
      const path = pathOf(strokes, left, y - 6 * unit, unit);
      left += (own + SPACING) * unit;
      return path;
    });
    const style = `fill:none;stroke:${colour};stroke-width:${
      round(unit * STROKE_WIDTH * (bold ? 1.6 : 1))
    };stroke-linecap:round;stroke-linejoin:round`;
    return `<path style="${style}" d="${paths.join("")}"/>`;
  },
};

function pathOf(strokes: string, left: number, top: number, unit: number): string {
  return strokes.split(" ").filter((stroke) => stroke !== "").map((stroke) => {
    const points = stroke.match(/../g) ?? [];
    const places = points.map((point) => {
      const [x, y] = [Number(point[0]), Number(point[1])];
      return `${round(left + x * unit)},${round(top + y * unit)}`;
    });
    return `M${places.join("L")}`;
  }).join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
