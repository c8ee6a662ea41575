import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { convertColours } from "../../lib/jpeg/convert_colours.ts";

function plane(width: number, height: number) {
  return { width, height, samples: new Float32Array(width * height).fill(NaN) };
}

// Full-range values of JFIF 1.02, around 0.
const COLOURS: { name: string; rgb: [number, number, number]; ycc: [number, number, number] }[] = [
  { name: "black", rgb: [0, 0, 0], ycc: [-128, 0, 0] },
  { name: "white", rgb: [255, 255, 255], ycc: [127, 0, 0] },
  { name: "red", rgb: [255, 0, 0], ycc: [-51.755, -43.028, 127.5] },
  { name: "green", rgb: [0, 255, 0], ycc: [21.685, -84.472, -106.766] },
  { name: "blue", rgb: [0, 0, 255], ycc: [-98.93, 127.5, -20.734] },
];
for (const { name, rgb, ycc } of COLOURS) {
  Deno.test(`convertColours() converts ${name}, RGB and RGBA`, () => {
    for (const pixel of [rgb, [...rgb, 0]]) {
      const planes = [plane(8, 8), plane(8, 8), plane(8, 8)];
      convertColours(Uint8Array.from(pixel), 1, pixel.length === 3 ? 3 : 4, planes);
      planes.forEach(({ samples }, i) => {
        for (const sample of samples) assertAlmostEquals(sample, ycc[i] as number, 0.01);
      });
    }
  });
}

Deno.test("convertColours() averages chroma over four pixels and repeats the edges", () => {
  const planes = [plane(16, 16), plane(8, 8), plane(8, 8)] as const;
  const [black, red] = [[0, 0, 0], [255, 0, 0]] as const;
  // 3 x 3: the upper left quarter is half red, the middle column's right is black.
  const picture = [red, black, black, red, black, black, black, black, red].flat();
  convertColours(Uint8Array.from(picture), 3, 3, planes);
  const [luma, , chroma] = planes;
  const at = (x: number, y: number) => luma.samples[y * 16 + x] as number;
  assertAlmostEquals(at(0, 1), -51.755, 0.01);
  assertEquals([at(1, 1), at(15, 0), at(0, 15)], [-128, -128, -128]);
  assertAlmostEquals(at(15, 15), -51.755, 0.01);
  const cr = [[0, 0, 63.75], [1, 0, 0], [7, 0, 0], [0, 1, 0], [1, 1, 127.5], [
    7,
    7,
    127.5,
  ]] as const;
  for (const [x, y, wanted] of cr) {
    assertAlmostEquals(chroma.samples[y * 8 + x] as number, wanted, 0.01);
  }
});

Deno.test("convertColours() writes luma alone where there is no other plane", () => {
  const luma = plane(8, 8);
  convertColours(Uint8Array.of(10, 10, 10), 1, 3, [luma]);
  assertAlmostEquals(luma.samples[63] as number, -118, 1e-4);
  assertThrows(() => convertColours(new Uint8Array(3), 1, 3, []), RangeError, "no planes");
});
