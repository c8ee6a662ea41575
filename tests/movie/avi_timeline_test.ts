import { assertEquals, assertLess } from "@std/assert";
import { AviTimeline } from "../../lib/movie/avi_timeline.ts";
import { SeededRandom } from "../support/random.ts";

/** How far each frame is from its time when the file is played, in milliseconds; and the rate. */
function play(
  timesMs: readonly number[],
  known = 16,
): { worstMs: number; framesPerSecond: number; slots: number } {
  const timeline = new AviTimeline(timesMs.slice(0, known));
  let slot = -1;
  const slots = timesMs.map((time) => slot += timeline.heldBefore(time) + 1);
  const { framesPerSecond } = timeline;
  const errors = timesMs.map((time, i) =>
    Math.abs((slots[i] as number) * 1000 / framesPerSecond - (time - (timesMs[0] as number)))
  );
  return { worstMs: Math.max(...errors), framesPerSecond, slots: slot + 1 };
}

function regular(count: number, stepMs: number): number[] {
  return Array.from({ length: count }, (_, i) => 1000 + i * stepMs);
}

for (const rate of [1, 12.5, 20, 25, 30_000 / 1001, 60]) {
  Deno.test(`AviTimeline lays ${rate.toFixed(2)} even frames a second without any repeated`, () => {
    const { worstMs, framesPerSecond, slots } = play(regular(500, 1000 / rate));
    assertEquals(slots, 500);
    assertLess(Math.abs(framesPerSecond - rate), 1e-5);
    assertLess(worstMs, 0.1);
  });
}

Deno.test("AviTimeline holds the frame before a gap", () => {
  const times = regular(200, 50).filter((_, i) => i % 10 !== 7 && (i < 40 || i > 120));
  const { worstMs, framesPerSecond, slots } = play(times);
  assertEquals([slots, framesPerSecond], [200, 20]);
  assertLess(worstMs, 1);
});

Deno.test("AviTimeline does not take the jitter of arrivals for gaps", () => {
  const random = new SeededRandom(1);
  let time = 0;
  const times = Array.from({ length: 2000 }, (_, i) => {
    time = Math.max(time, i * 40.02 + random.below(1000) / 1000 * 12);
    return time;
  });
  const { worstMs, framesPerSecond, slots } = play(times);
  assertEquals(slots, 2000);
  assertLess(Math.abs(framesPerSecond - 1000 / 40.02), 0.02);
  assertLess(worstMs, 25);
});

Deno.test("AviTimeline lays frames without a rhythm onto fine steps", () => {
  const random = new SeededRandom(2);
  let time = 0;
  const times = Array.from({ length: 300 }, () => time += 15 + random.below(400));
  assertLess(play(times).worstMs, 10);
});

Deno.test("AviTimeline keeps the whole length where a stream gets faster", () => {
  const times = [...regular(100, 100), ...regular(200, 50).map((ms) => ms + 10_000)];
  const { framesPerSecond, slots } = play(times);
  const span = (times.at(-1) as number) - (times[0] as number);
  assertLess(Math.abs((slots - 1) * 1000 / framesPerSecond - span), 1);
});

/** Arrivals at 20 a second, with what a test makes of their times. */
function arrivals(count: number, timeOf: (evenMs: number, i: number) => number): number[] {
  let last = 0;
  return Array.from({ length: count }, (_, i) => last = Math.max(last, timeOf(i * 50, i)));
}

const TWENTY_A_SECOND: [string, number, number[]][] = [
  // name, most slots beside the frames, times
  ["one odd interval among the first", 1, arrivals(400, (ms, i) => i < 5 ? ms : ms + 23)],
  ["a burst of eight at the start", 0, arrivals(400, (ms, i) => i < 8 ? i / 5 : ms - 349)],
  ["a burst of 20 at the start", 0, arrivals(400, (ms, i) => i < 20 ? i / 5 : ms - 949)],
  ["frames at the very same time at the start", 0, arrivals(400, (ms) => Math.max(ms, 400))],
  [
    "a stall of half a second among the first",
    10,
    arrivals(400, (ms, i) => {
      return i > 5 && i < 15 ? 750 + i / 10 : ms;
    }),
  ],
  [
    "a stall of half a second later on",
    10,
    arrivals(400, (ms, i) => {
      return i > 105 && i < 115 ? 5750 + i / 10 : ms;
    }),
  ],
];
for (const [name, most, times] of TWENTY_A_SECOND) {
  Deno.test(`AviTimeline measures 20 frames a second in spite of ${name}`, () => {
    const { framesPerSecond, slots } = play(times, 32);
    assertLess(Math.abs(framesPerSecond - 20), 0.1);
    assertLess(slots - times.length, most + 1);
  });
}

Deno.test("AviTimeline nearly always sees 20 frames a second through heavy jitter of arrivals", () => {
  const runs = 400;
  let missed = 0; // jitter among the first frames may look like a faster rhythm
  for (let seed = 1; seed <= runs; seed++) {
    const random = new SeededRandom(seed);
    const times = arrivals(400, (ms) => ms + random.below(40));
    const { framesPerSecond, slots, worstMs } = play(times);
    const isRight = Math.abs(framesPerSecond - 20) < 0.5 && slots < 412 && worstMs < 500;
    if (!isRight) missed++;
    assertLess(Math.abs(framesPerSecond - 20), 5, `seed ${seed}`);
  }
  assertLess(missed, runs * 0.03);
});

Deno.test("AviTimeline has a rate where times say nothing", () => {
  assertEquals(play([5]), { worstMs: 0, framesPerSecond: 25, slots: 1 });
  assertEquals(play([5, 5, 5]).slots, 3);
});
