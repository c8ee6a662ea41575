import { assertEquals } from "@std/assert";
import { bucketSeconds } from "../../lib/report/bucket_seconds.ts";

const SECOND = { packets: 10, frames: 20, payloadBytes: 1000 };

Deno.test("bucketSeconds() keeps single seconds where there is room", () => {
  const { stepSeconds, buckets } = bucketSeconds(
    [SECOND, SECOND, { ...SECOND, frames: 11, seconds: 0.55 }],
    3,
  );
  assertEquals(stepSeconds, 1);
  assertEquals(buckets.map(({ framesPerSecond }) => framesPerSecond), [20, 20, 20]);
  assertEquals(buckets.map(({ bitsPerSecond }) => bitsPerSecond), [8000, 8000, 8000 / 0.55]);
});

Deno.test("bucketSeconds() has no rates where less than half a second was played", () => {
  const { buckets } = bucketSeconds([SECOND, { ...SECOND, lost: 3, seconds: 0.49 }], 3);
  const rates = buckets.map((
    { framesPerSecond, bitsPerSecond },
  ) => [framesPerSecond, bitsPerSecond]);
  assertEquals(rates, [[20, 8000], [null, null]]);
  assertEquals([buckets[1]?.lost, buckets[1]?.seconds], [3, 0.49]);
});

Deno.test("bucketSeconds() puts seconds together: sums, means, extremes", () => {
  const seconds = [
    { ...SECOND, lost: 1, jitterMs: 1, longestGapMs: 50, leastFrameBytes: 7, mostFrameBytes: 9 },
    { ...SECOND, lost: 2, jitterMs: null, longestGapMs: 80, leastFrameBytes: 5, mostFrameBytes: 8 },
    { ...SECOND, frames: 0, jitterMs: 3, leastFrameBytes: null },
  ];
  const { stepSeconds, buckets } = bucketSeconds(seconds, 2);
  assertEquals(stepSeconds, 2);
  const [first, last] = buckets;
  assertEquals(first, {
    seconds: 2,
    framesPerSecond: 20,
    bitsPerSecond: 8000,
    lost: 3,
    broken: null,
    jitterMs: 1,
    longestGapMs: 80,
    leastFrameBytes: 5,
    mostFrameBytes: 9,
    meanFrameBytes: 50,
  });
  assertEquals([last?.lost, last?.jitterMs, last?.leastFrameBytes, last?.meanFrameBytes], [
    null,
    3,
    null,
    null,
  ]);
});

Deno.test("bucketSeconds() of nothing is nothing", () => {
  assertEquals(bucketSeconds([], 100), { stepSeconds: 1, buckets: [] });
});
