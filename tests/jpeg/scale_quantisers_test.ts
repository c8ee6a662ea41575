import { assertEquals, assertThrows } from "@std/assert";
import { CHROMA_QUANTISERS, LUMA_QUANTISERS } from "../../lib/jpeg/annex_k.ts";
import { scaleQuantisers } from "../../lib/jpeg/scale_quantisers.ts";
import { hex } from "../support/hex.ts";

const SCALED: { q: number; luma: Uint8Array; chroma: Uint8Array }[] = [
  { q: 1, luma: hex`ff ff ff ff`, chroma: hex`ff ff ff ff` },
  { q: 10, luma: hex`50 37 3c 46`, chroma: hex`55 5a 5a 78` },
  { q: 49, luma: hex`10 0b 0c 0e`, chroma: hex`11 12 12 18` },
  { q: 50, luma: hex`10 0b 0c 0e`, chroma: hex`11 12 12 18` },
  { q: 90, luma: hex`03 02 02 03`, chroma: hex`03 04 04 05` },
  { q: 99, luma: hex`01 01 01 01`, chroma: hex`01 01 01 01` },
];
for (const { q, luma, chroma } of SCALED) {
  Deno.test(`scaleQuantisers() scales both tables to Q ${q}`, () => {
    assertEquals(scaleQuantisers(LUMA_QUANTISERS, q).subarray(0, 4), luma);
    assertEquals(scaleQuantisers(CHROMA_QUANTISERS, q).subarray(0, 4), chroma);
  });
}

Deno.test("scaleQuantisers() refuses what is no Q", () => {
  for (const q of [0, 100, -1, 50.5, NaN]) {
    assertThrows(
      () => scaleQuantisers(LUMA_QUANTISERS, q),
      RangeError,
      `Cannot scale quantisers: Q is ${q}, not an integer from 1 to 99`,
    );
  }
});
