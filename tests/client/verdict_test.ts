import { assertEquals } from "@std/assert";
import { verdict, type VerdictLimits } from "../../lib/client/verdict.ts";

const FIGURES = {
  packets: { lossRate: 0.01 },
  frames: { whole: 400 },
  framesPerSecond: 19.84,
  jitterMs: 0.314,
};

const CASES: [string, VerdictLimits, boolean, string][] = [
  [
    "a loss at its limit",
    { maxLoss: 0.01 },
    true,
    "Passed: the loss is 1 %, 1 % at most is wanted",
  ],
  [
    "a loss over it",
    { maxLoss: 0.005 },
    false,
    "Failed: the loss is 1 %, 0.5 % at most is wanted",
  ],
  [
    "a frame rate below its limit",
    { minFramesPerSecond: 20 },
    false,
    "Failed: the frame rate is 19.84 fps, 20 fps at least is wanted",
  ],
  [
    "jitter over its limit",
    { maxJitterMs: 0.3 },
    false,
    "Failed: the jitter is 0.314 ms, 0.3 ms at most is wanted",
  ],
  [
    "all that holds",
    { maxLoss: 1, minFramesPerSecond: 19, maxJitterMs: 20 },
    true,
    "Passed: the loss is 1 %, 100 % at most is wanted; " +
    "the frame rate is 19.84 fps, 19 fps at least is wanted; " +
    "the jitter is 0.314 ms, 20 ms at most is wanted",
  ],
  [
    "the one of three that fails",
    { maxLoss: 1, minFramesPerSecond: 25, maxJitterMs: 20 },
    false,
    "Failed: the frame rate is 19.84 fps, 25 fps at least is wanted",
  ],
  ["no limit", {}, true, "Passed: no limit was set"],
];

for (const [name, limits, passed, sentence] of CASES) {
  Deno.test(`verdict() tells ${name}`, () => {
    assertEquals(verdict(FIGURES, limits), { passed, sentence });
  });
}

Deno.test("verdict() does not round a value to its limit", () => {
  const figures = { ...FIGURES, framesPerSecond: 19.999999 };
  assertEquals(
    verdict(figures, { minFramesPerSecond: 20 }).sentence,
    "Failed: the frame rate is 19.999999 fps, 20 fps at least is wanted",
  );
});

Deno.test("verdict() fails where nothing was measured", () => {
  const [packets, frames] = [{ lossRate: null }, { whole: 1 }];
  const nothing = { packets, frames, framesPerSecond: null, jitterMs: null };
  assertEquals(verdict(nothing, { maxLoss: 0.5, minFramesPerSecond: 1, maxJitterMs: 5 }), {
    passed: false,
    sentence: "Failed: the loss was not measured, 50 % at most is wanted; " +
      "the frame rate was not measured, 1 fps at least is wanted; " +
      "the jitter was not measured, 5 ms at most is wanted",
  });
});

Deno.test("verdict() fails a play without a whole frame, whatever else holds", () => {
  const figures = { ...FIGURES, packets: { lossRate: 0 }, frames: { whole: 0 } };
  for (const limits of [{ maxLoss: 1 }, { maxJitterMs: 1000 }, { minFramesPerSecond: 0 }]) {
    assertEquals(verdict(figures, limits), {
      passed: false,
      sentence: "Failed: not one whole frame came",
    });
  }
});
