import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { quantiserTables } from "../../lib/rtp_jpeg/quantiser_tables.ts";
import { CJPEG, cjpeg } from "./cjpeg.ts";
import { madeJpeg } from "./made_jpegs.ts";

Deno.test("quantiserTables() are in zig-zag order, other than the RFC's sample arrays", () => {
  const [luma, chroma] = quantiserTables(50);
  assertEquals(Array.from(luma.values.subarray(0, 10)), [16, 11, 12, 14, 12, 10, 16, 14, 13, 14]);
  assertEquals(Array.from(chroma.values.subarray(0, 10)), [17, 18, 18, 24, 21, 24, 47, 26, 26, 47]);
});

Deno.test("quantiserTables() are those that encoders write into DQT for the quality Q", () => {
  for (let q = 1; q <= 99; q++) {
    const { quantisers } = parseJpegImage(madeJpeg(8, 8, { quality: q }));
    assertEquals(quantiserTables(q), [quantisers.get(0), quantisers.get(1)]);
  }
});

Deno.test({
  name: `quantiserTables() are those of libjpeg${
    CJPEG ? "" : " (skipped: cjpeg is not installed)"
  }`,
  ignore: !CJPEG,
  fn: async () => {
    for (const q of [3, 37, 50, 51, 98]) {
      const { quantisers } = parseJpegImage(await cjpeg(["-quality", `${q}`, "-baseline"], 8, 8));
      assertEquals(quantiserTables(q), [quantisers.get(0), quantisers.get(1)]);
    }
  },
});

Deno.test("quantiserTables() stay within 1 to 255", () => {
  for (const { values } of [...quantiserTables(1), ...quantiserTables(99)]) {
    assert(values.every((value) => value >= 1 && value <= 255));
  }
});

for (const q of [0, 100, 1.5, -1, NaN]) {
  Deno.test(`quantiserTables() refuses Q ${q}`, () => {
    assertThrows(() => quantiserTables(q), RangeError, `Q is ${q}`);
  });
}
