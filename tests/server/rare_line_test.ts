import { assertEquals } from "@std/assert";
import { rareLineMs } from "../../lib/server/rare_line.ts";

const LINES: readonly (readonly [ms: number, line: number])[] = [
  [0, 0],
  [0.001, 50],
  [49.999, 50],
  [50, 50],
  [50.001, 100],
  [1e9 + 1, 1e9 + 50],
];

for (const [ms, line] of LINES) {
  Deno.test(`rareLineMs() puts what is due at ${ms} ms on the line at ${line} ms`, () => {
    assertEquals(rareLineMs(ms), line);
  });
}
