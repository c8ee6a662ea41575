import { assertAlmostEquals, assertEquals } from "@std/assert";
import { InterarrivalJitter } from "../../lib/rtp/interarrival_jitter.ts";
import { type Arrival, ReceptionStatistics } from "../../lib/rtp/reception_statistics.ts";

const CLOCK_HZ = 90_000;

/** Statistics that took these numbers, and what each was. */
function received(
  sequences: Iterable<number>,
  minSequential?: number,
): { statistics: ReceptionStatistics; arrivals: Arrival[] } {
  const options = minSequential === undefined ? {} : { minSequential };
  const statistics = new ReceptionStatistics({ clockHz: CLOCK_HZ, ...options });
  const arrivals = Array.from(
    sequences,
    (sequence) => statistics.receive({ sequence: sequence & 0xffff, timestamp: 0 }, 0),
  );
  return { statistics, arrivals };
}

function* range(from: number, to: number): Generator<number> {
  for (let number = from; number < to; number++) yield number;
}

Deno.test("ReceptionStatistics has a probation of 2 (RFC 3550 A.1)", () => {
  const { statistics, arrivals } = received([7, 9, 10, 11]);
  assertEquals(arrivals, ["unproven", "unproven", "newest", "newest"]);
  assertEquals([statistics.expected, statistics.received, statistics.lost], [2, 2, 0]);
});

Deno.test("ReceptionStatistics takes a first packet at its word when told so", () => {
  const { statistics, arrivals } = received([65_535, 0], 1);
  assertEquals(arrivals, ["newest", "newest"]);
  assertEquals(statistics.takeReport().extendedHighestSequence, 65_536);
});

Deno.test("ReceptionStatistics proves over the wrap", () => {
  assertEquals(received([65_535, 0]).arrivals, ["unproven", "newest"]);
});

const PLACES: [string, number, Arrival][] = [
  ["takes a gap of 2999 as dropout of 3000 allows", 1001 + 2999, "newest"],
  ["drops a jump of 3000 (dropout 3000)", 1001 + 3000, "out-of-range"],
  ["takes what is 99 behind as reordered", 1001 - 99, "reordered"],
  ["drops what is 100 behind (misorder 100)", 1001 - 100, "out-of-range"],
  ["tells a duplicate of the newest", 1001, "duplicate"],
];
for (const [name, sequence, arrival] of PLACES) {
  Deno.test(`ReceptionStatistics ${name} (RFC 3550 A.1)`, () => {
    const { arrivals } = received([1000, 1001, sequence]);
    assertEquals(arrivals.at(-1), arrival);
  });
}

Deno.test("ReceptionStatistics begins anew after two in a row out of range (RFC 3550 A.1)", () => {
  const { statistics, arrivals } = received([10, 11, 30_000, 30_001, 30_002, 30_004]);
  assertEquals(arrivals.slice(2), ["out-of-range", "restarted", "newest", "newest"]);
  assertEquals([statistics.restarts, statistics.outOfRange], [1, 1]);
  assertEquals([statistics.expected, statistics.received, statistics.lost], [1 + 4, 1 + 3, 1]);
});

Deno.test("ReceptionStatistics does not begin anew for two strays that do not follow", () => {
  const { statistics, arrivals } = received([10, 11, 30_000, 20_000, 12]);
  assertEquals(arrivals.slice(2), ["out-of-range", "out-of-range", "newest"]);
  assertEquals([statistics.restarts, statistics.lost], [0, 0]);
});

Deno.test("ReceptionStatistics counts wraps in the extended highest number (RFC 3550 A.1)", () => {
  const { statistics } = received(range(60_000, 60_000 + 150_000));
  assertEquals(statistics.takeReport().extendedHighestSequence, 60_000 + 150_000 - 1);
  assertEquals([statistics.lost, statistics.received], [0, 150_000 - 1]);
});

Deno.test("ReceptionStatistics counts loss, duplicates and order (RFC 3550 A.3)", () => {
  const { statistics } = received([1, 2, 3, 5, 4, 4, 8, 8]);
  assertEquals(statistics.expected, 7); // 2 to 8: the first is spent on probation
  assertEquals(statistics.received, 7); // 2 3 5 4 4 8 8
  assertEquals([statistics.duplicate, statistics.reordered, statistics.lost], [2, 1, 0]);
});

Deno.test("ReceptionStatistics reports the fraction lost since the last report (A.3, §6.4)", () => {
  const statistics = new ReceptionStatistics({ clockHz: CLOCK_HZ, minSequential: 1 });
  const take = (...sequences: number[]) => {
    for (const sequence of sequences) statistics.receive({ sequence, timestamp: 0 }, 0);
    return statistics.takeReport();
  };
  const nothing = take();
  assertEquals([nothing.fractionLost, nothing.cumulativeLost], [0, 0]);
  const quarter = take(1, 2, 4);
  assertEquals([quarter.fractionLost, quarter.cumulativeLost], [64, 1]);
  const none = take(5, 6);
  assertEquals([none.fractionLost, none.cumulativeLost], [0, 1]);
  const gained = take(3, 3, 3);
  assertEquals([gained.fractionLost, gained.cumulativeLost], [0, -2]);
  const half = take(8);
  assertEquals([half.fractionLost, half.extendedHighestSequence], [128, 8]);
});

Deno.test("InterarrivalJitter follows J += (|D| - J) / 16 (RFC 3550 A.8)", () => {
  const jitter = new InterarrivalJitter(8000);
  const arrivals: [timestamp: number, arrivalMs: number][] = [[0, 0], [160, 30], [320, 40], [
    480,
    60,
  ]];
  const differences = [0, 80, 80, 0]; // 30 ms for 20, 10 ms for 20, 20 ms for 20; 8 ticks a ms
  let expected = 0;
  arrivals.forEach(([timestamp, arrivalMs], i) => {
    jitter.add(timestamp, arrivalMs);
    expected += ((differences[i] ?? 0) - expected) / 16;
    assertAlmostEquals(jitter.ticks, expected, 1e-9);
  });
  assertAlmostEquals(jitter.ms, expected / 8, 1e-9);
});

Deno.test("InterarrivalJitter settles at the mean difference, over the wrap of timestamps", () => {
  const jitter = new InterarrivalJitter(CLOCK_HZ);
  for (let i = 0; i < 1000; i++) {
    const timestamp = (0xffff_0000 + i * 4500) >>> 0;
    jitter.add(timestamp, i * 50 + (i % 2) * 4);
  }
  assertAlmostEquals(jitter.ms, 4, 1e-6);
});

Deno.test("InterarrivalJitter.restart() lets a jump of the clock pass", () => {
  const jitter = new InterarrivalJitter(CLOCK_HZ);
  jitter.add(0, 0);
  jitter.restart();
  jitter.add(0x4000_0000, 50);
  assertEquals(jitter.ticks, 0);
});

Deno.test("ReceptionStatistics keeps the jitter over a restart of the source", () => {
  const statistics = new ReceptionStatistics({ clockHz: CLOCK_HZ });
  const packets: [sequence: number, timestamp: number, arrivalMs: number][] = [
    [1, 0, 0],
    [2, 4500, 50],
    [3, 9000, 116],
    [9000, 77, 150],
    [9001, 4577, 200],
    [9002, 9077, 250],
  ];
  for (const [sequence, timestamp, arrivalMs] of packets) {
    statistics.receive({ sequence, timestamp }, arrivalMs);
  }
  assertAlmostEquals(statistics.jitterTicks, 90 * 15 / 16, 1e-9);
  assertEquals(statistics.takeReport().jitter, 84);
  assertAlmostEquals(statistics.jitterMs, 15 / 16, 1e-9);
});
