import { assertAlmostEquals, assertEquals } from "@std/assert";
import { GapHistogram } from "../../lib/client/gap_histogram.ts";
import { SeededRandom } from "../support/random.ts";

Deno.test("GapHistogram without anything has nothing to say", () => {
  const gaps = new GapHistogram();
  assertEquals(
    [gaps.count, gaps.minMs, gaps.meanMs, gaps.maxMs, gaps.quantileMs(0.99)],
    [0, undefined, undefined, undefined, undefined],
  );
});

Deno.test("GapHistogram.quantileMs() is exact where all are alike", () => {
  const gaps = new GapHistogram();
  for (let i = 0; i < 5; i++) gaps.add(50);
  assertEquals([0, 0.5, 0.99, 1].map((share) => gaps.quantileMs(share)), [50, 50, 50, 50]);
});

Deno.test("GapHistogram takes 0 and lengths beyond its buckets", () => {
  const gaps = new GapHistogram();
  for (const ms of [0, 0, 1e7, 2e7]) gaps.add(ms);
  assertEquals([gaps.minMs, gaps.maxMs, gaps.meanMs], [0, 2e7, 7.5e6]);
  assertAlmostEquals(gaps.quantileMs(0.5) ?? NaN, 0.01, 0.001);
  assertEquals((gaps.quantileMs(1) ?? 0) > 90_000, true);
});

Deno.test("GapHistogram.quantileMs() is right to 1 % over six decades", () => {
  const random = new SeededRandom(5);
  const gaps = new GapHistogram();
  const lengths: number[] = [];
  for (let i = 0; i < 10_000; i++) {
    const ms = 10 ** (random.below(60_000) / 10_000 - 1.5);
    lengths.push(ms);
    gaps.add(ms);
  }
  lengths.sort((a, b) => a - b);
  for (const share of [0.01, 0.25, 0.5, 0.9, 0.99, 0.999]) {
    const wanted = lengths[Math.ceil(share * lengths.length) - 1] ?? NaN;
    assertAlmostEquals(gaps.quantileMs(share) ?? NaN, wanted, wanted * 0.011, `at ${share}`);
  }
});
