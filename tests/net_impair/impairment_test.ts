import { assertEquals, assertThrows } from "@std/assert";
import {
  type Impairment,
  NO_IMPAIRMENT,
  parseImpairment,
} from "../../lib/net_impair/impairment.ts";
import { SeededRandom } from "../support/random.ts";

const GOOD: [text: string, fields: Partial<Impairment>][] = [
  [
    "loss=2%,delay=20ms,jitter=5ms,reorder=1%,duplicate=0.5%,seed=7",
    { loss: 0.02, delayMs: 20, jitterMs: 5, reorder: 0.01, duplicate: 0.005, seed: 7 },
  ],
  ["loss=100%", { loss: 1 }],
  ["loss=0%, seed=4294967295", { loss: 0, seed: 4294967295 }],
  ["delay=1.5s,jitter=60s", { delayMs: 1500, jitterMs: 60_000 }],
];
for (const [text, fields] of GOOD) {
  Deno.test(`parseImpairment() reads ${text}`, () => {
    assertEquals(parseImpairment(text), { ...NO_IMPAIRMENT, ...fields });
  });
}

const BAD: [text: string, message: string][] = [
  ["", `"" is none of loss, delay, jitter, reorder, duplicate, seed`],
  ["loss=2%,", `"" is none of loss,`],
  ["lost=2%", `"lost" is none of loss,`],
  ["constructor=2%", `"constructor" is none of loss,`],
  ["loss", `loss is "", not a percentage such as 2%`],
  ["loss=2", `loss is "2", not a percentage such as 2%`],
  ["loss=101%", `loss is "101%", not a percentage such as 2%`],
  ["loss=-1%", `loss is "-1%", not a percentage`],
  ["loss=1%=2", `loss is "1%=2", not a percentage`],
  ["delay=20", `delay is "20", not a time up to 60 s such as 20ms or 1.5s`],
  ["jitter=61s", `jitter is "61s", not a time up to 60 s such as 5ms or 0.1s`],
  ["seed=x", `seed is "x", not an integer from 0 to 4294967295 such as 7`],
  ["seed=4294967296", `seed is "4294967296", not an integer`],
  ["loss=1%,loss=2%", "loss is given twice"],
];
for (const [text, message] of BAD) {
  Deno.test(`parseImpairment() refuses "${text}" in one sentence`, () => {
    const whole = `Cannot read impairment "${text}": ${message}`;
    assertThrows(() => parseImpairment(text), SyntaxError, whole);
  });
}

Deno.test("parseImpairment() survives damage", () => {
  const random = new SeededRandom(1);
  const text = "loss=2%,delay=20ms,jitter=5ms,reorder=1%,duplicate=0.5%,seed=7";
  const alphabet = "0123456789.%,=msdelayo -";
  for (let run = 0; run < 20_000; run++) {
    const letters = Array.from(text);
    for (let left = 1 + random.below(3); left > 0; left--) {
      const letter = alphabet[random.below(alphabet.length)] ?? "";
      letters.splice(random.below(letters.length), random.below(2), letter);
    }
    try {
      const { loss, delayMs, seed } = parseImpairment(letters.join(""));
      assertEquals([loss <= 1, delayMs <= 60_000, Number.isInteger(seed)], [true, true, true]);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
});
