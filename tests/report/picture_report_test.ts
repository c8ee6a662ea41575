import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { decode } from "fast-png";
import { renderSvg } from "../../lib/pictures/render_svg.ts";
import { pictureReport } from "../../lib/report/picture_report.ts";
import { PICTURE_STYLE } from "../../lib/report/picture_style.ts";
import { STROKE_FONT } from "../../lib/report/stroke_font.ts";
import { sampleReport, sampleSeconds } from "./sample_report.ts";

const SUBJECT = sampleReport(sampleSeconds(60));

/** Colours that are in a PNG file, as `r,g,b`. */
function coloursOf(file: Uint8Array): { size: [number, number]; seen: Set<string> } {
  const { width, height, data, channels } = decode(file);
  const seen = new Set<string>();
  for (let at = 0; at < data.length; at += channels) {
    seen.add(Array.from(data.subarray(at, at + 3)).join());
  }
  return { size: [width, height], seen };
}

Deno.test("pictureReport() has no text that needs a font", () => {
  const svg = pictureReport(SUBJECT);
  assertEquals(svg.match(/<text|var\(/g), null);
  assertEquals(svg.match(/<g transform/g)?.length, 7);
  assertEquals(svg.match(/NaN|undefined|Infinity/g), null);
});

Deno.test("renderSvg() draws the report, with all its plots", async () => {
  const { size, seen } = coloursOf(await renderSvg(pictureReport(SUBJECT), 1));
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(pictureReport(SUBJECT)) ?? [];
  assertEquals(size, [Number(width), Number(height)]);
  for (const colour of ["255,255,255", "37,99,235", "220,38,38", "124,58,237"]) {
    assert(seen.has(colour), colour);
  }
});

Deno.test("pictureReport() shows all figures, and when the play began", () => {
  const more = { ...SUBJECT, summary: { ...SUBJECT.summary, reconnects: 2 } };
  assert(pictureReport(more).length > pictureReport(SUBJECT).length);
  const later = { ...SUBJECT, startedUnixMs: SUBJECT.startedUnixMs + 1000 };
  assertNotEquals(pictureReport(later), pictureReport(SUBJECT));
});

Deno.test("pictureReport() shows a verdict, long names and plays without a packet", async () => {
  const verdict = { passed: false, sentence: "Failed: it is too slow" };
  assertNotEquals(pictureReport({ ...SUBJECT, verdict }), pictureReport(SUBJECT));
  const long = { ...sampleReport([]), source: `rtsp://${"é".repeat(5000)}`, verdict };
  const svg = pictureReport(long);
  assert(svg.length < 60_000);
  assert(coloursOf(await renderSvg(svg, 1)).seen.has("255,255,255"));
});

Deno.test("STROKE_FONT has strokes of points, inside of the character", () => {
  for (const [sign, [width, strokes]] of STROKE_FONT) {
    for (const stroke of strokes.split(" ").filter((text) => text !== "")) {
      assert(/^([0-6][0-8]){2,}$/.test(stroke), `${sign}: ${stroke}`);
      const across = (stroke.match(/../g) ?? []).map((point) => Number(point[0]));
      assert(Math.max(...across) <= width, `${sign} is wider than ${width}`);
    }
  }
});

Deno.test("PICTURE_STYLE.text() puts text where it belongs", () => {
  const ends = (["start", "middle", "end"] as const).map((anchor) => {
    const path = PICTURE_STYLE.text("00", { x: 100, y: 50, size: 60, colour: "#000", anchor });
    const across = [...path.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x]) => Number(x));
    return [Math.min(...across), Math.max(...across)];
  });
  assertEquals(ends, [[100, 170], [65, 135], [30, 100]]);
});
