import { assertEquals } from "@std/assert";
import {
  CHROMA_AC_TABLE,
  CHROMA_DC_TABLE,
  LUMA_AC_TABLE,
  LUMA_DC_TABLE,
  ZIGZAG,
} from "../../lib/jpeg/annex_k.ts";

Deno.test("ZIGZAG walks the diagonals of the block, up and down by turns", () => {
  const walk: number[] = [];
  for (let sum = 0; sum <= 14; sum++) {
    for (let step = 0; step <= sum; step++) {
      const [row, column] = sum % 2 === 0 ? [sum - step, step] : [step, sum - step];
      if (row < 8 && column < 8) walk.push(row * 8 + column);
    }
  }
  assertEquals(Array.from(ZIGZAG), walk);
});

const DC = [
  { name: "LUMA_DC_TABLE", table: LUMA_DC_TABLE },
  { name: "CHROMA_DC_TABLE", table: CHROMA_DC_TABLE },
];
for (const { name, table } of DC) {
  Deno.test(`${name} has a code for each size of a difference`, () => {
    assertEquals(Array.from(table.symbols), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assertEquals(table.counts.reduce((a, b) => a + b), 12);
  });
}

const AC = [
  { name: "LUMA_AC_TABLE", table: LUMA_AC_TABLE },
  { name: "CHROMA_AC_TABLE", table: CHROMA_AC_TABLE },
];
for (const { name, table } of AC) {
  Deno.test(`${name} has a code for each run and size, each once`, () => {
    const wanted = [0x00, 0xf0];
    for (let run = 0; run < 16; run++) {
      for (let size = 1; size <= 10; size++) wanted.push(run << 4 | size);
    }
    wanted.sort((a, b) => a - b);
    assertEquals(Array.from(table.symbols).sort((a, b) => a - b), wanted);
    assertEquals(table.counts.reduce((a, b) => a + b), 162);
  });
}
