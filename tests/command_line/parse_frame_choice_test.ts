import { assertEquals } from "@std/assert";
import { parseAt, parseEvery } from "../../lib/command_line/parse_frame_choice.ts";
import { parsePercentage } from "../../lib/command_line/parse_percentage.ts";

const NO_EVERY = ["", "0", "-1", "1.5", "0s", "s", "2x", "1,2", "0.5ms", "12345678901"];
for (const text of NO_EVERY) {
  Deno.test(`parseEvery() refuses ${JSON.stringify(text)}`, () => {
    assertEquals(parseEvery(text), undefined);
  });
}

Deno.test("parseEvery() reads frames and times", () => {
  assertEquals(parseEvery("1"), { kind: "everyFrames", count: 1 });
  assertEquals(parseEvery("500ms"), { kind: "everyMs", intervalMs: 500 });
  assertEquals(parseEvery("1.5s"), { kind: "everyMs", intervalMs: 1500 });
  assertEquals(parseEvery("2m"), { kind: "everyMs", intervalMs: 120_000 });
});

for (const text of ["", ",", "1,", "a", "1;2", "-1", Array(10_001).fill("1").join(",")]) {
  Deno.test(`parseAt() refuses ${JSON.stringify(text.slice(0, 9))}`, () => {
    assertEquals(parseAt(text), undefined);
  });
}

Deno.test("parseAt() reads times, with spaces as well", () => {
  assertEquals(parseAt("10"), { kind: "times", timesMs: [10_000] });
  assertEquals(parseAt("0, 2s,250ms"), { kind: "times", timesMs: [0, 2000, 250] });
});

for (const text of ["", "%", "1", "-1%", "100.1%", "1 %", "1%%", "0x1%"]) {
  Deno.test(`parsePercentage() refuses ${JSON.stringify(text)}`, () => {
    assertEquals(parsePercentage(text), undefined);
  });
}

Deno.test("parsePercentage() reads shares", () => {
  assertEquals(["0%", "100%", ".5%", "2.5%"].map(parsePercentage), [0, 1, 0.005, 0.025]);
});
