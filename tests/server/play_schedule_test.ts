import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { MAX_BEHIND_MS, type PlayOrder, PlaySchedule } from "../../lib/server/play_schedule.ts";

const CLOCK = { frameCount: 10, framesPerSecond: 20 };
const WHOLE: PlayOrder = { from: 0, scale: 1, speed: 1, loop: false };

/** Frame and due time of the next `most` frames. */
function run(schedule: PlaySchedule, most: number): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i < most; i++) {
    const frame = schedule.frame;
    if (frame === undefined) break;
    out.push([frame, schedule.dueMs]);
    schedule.advance();
  }
  return out;
}

const ROWS: { name: string; order: Partial<PlayOrder>; frames: number[]; everyMs: number }[] = [
  { name: "plays to the end", order: { from: 7 }, frames: [7, 8, 9], everyMs: 50 },
  { name: "stops before `to`", order: { from: 2, to: 4 }, frames: [2, 3], everyMs: 50 },
  { name: "leaves frames out at scale 4", order: { scale: 4 }, frames: [0, 4, 8], everyMs: 50 },
  {
    name: "leaves frames out at scale 1.5",
    order: { scale: 1.5 },
    frames: [0, 1, 3, 4, 6, 7, 9],
    everyMs: 50,
  },
  {
    name: "slows down at scale 0.25",
    order: { scale: 0.25, from: 8 },
    frames: [8, 9],
    everyMs: 200,
  },
  {
    name: "goes backwards to the beginning",
    order: { scale: -1, from: 3 },
    frames: [3, 2, 1, 0],
    everyMs: 50,
  },
  {
    name: "goes backwards to `to`",
    order: { scale: -2, from: 9, to: 4 },
    frames: [9, 7, 5],
    everyMs: 50,
  },
  {
    name: "delivers faster at speed 2",
    order: { speed: 2, to: 3 },
    frames: [0, 1, 2],
    everyMs: 25,
  },
];
for (const { name, order, frames, everyMs } of ROWS) {
  Deno.test(`PlaySchedule ${name}`, () => {
    const schedule = new PlaySchedule(CLOCK, { ...WHOLE, ...order }, 1000);
    assertEquals(run(schedule, 100), frames.map((frame, i) => [frame, 1000 + i * everyMs]));
  });
}

Deno.test("PlaySchedule starts again with loop, in both directions", () => {
  const forwards = new PlaySchedule(CLOCK, { ...WHOLE, from: 8, loop: true }, 0);
  assertEquals(run(forwards, 4).map(([frame]) => frame), [8, 9, 0, 1]);
  const backwards = new PlaySchedule(CLOCK, { ...WHOLE, from: 1, scale: -1, loop: true }, 0);
  assertEquals(run(backwards, 4).map(([frame]) => frame), [1, 0, 9, 8]);
});

Deno.test("PlaySchedule does not drift over a million frames", () => {
  const schedule = new PlaySchedule({ frameCount: Infinity, framesPerSecond: 30 }, WHOLE, 0);
  for (let i = 0; i < 1_000_000; i++) schedule.advance();
  assertAlmostEquals(schedule.dueMs, 1_000_000_000 / 30, 1e-3);
});

Deno.test("PlaySchedule resumes with the frame after the last one sent", () => {
  const schedule = new PlaySchedule(CLOCK, { ...WHOLE, from: 8 }, 0);
  schedule.advance();
  assertEquals(schedule.resumeFrame, 9);
  schedule.advance();
  assertEquals([schedule.frame, schedule.resumeFrame], [undefined, 10]);
});

Deno.test("PlaySchedule keeps media time apart from delivery", () => {
  const schedule = new PlaySchedule(CLOCK, { ...WHOLE, scale: 0.5, speed: 2 }, 0);
  schedule.advance();
  assertEquals([schedule.mediaSeconds, schedule.dueMs], [0.1, 50]);
});

Deno.test("PlaySchedule.catchUp() moves the rest when it is far behind, and only then", () => {
  const schedule = new PlaySchedule(CLOCK, WHOLE, 0);
  assertEquals(schedule.catchUp(MAX_BEHIND_MS), 0);
  assertEquals(schedule.catchUp(MAX_BEHIND_MS + 1), MAX_BEHIND_MS + 1);
  assertEquals(schedule.dueMs, MAX_BEHIND_MS + 1);
  schedule.advance();
  assertEquals(schedule.dueMs, MAX_BEHIND_MS + 50); // the grid's
});

Deno.test("PlaySchedule has all plays of one rate on one grid, from their second frames on", () => {
  const second = (framesPerSecond: number, startMs: number, speed = 1) => {
    const clock = { frameCount: 10, framesPerSecond };
    const schedule = new PlaySchedule(clock, { ...WHOLE, speed }, startMs);
    assertEquals(schedule.dueMs, startMs);
    schedule.advance();
    return schedule.dueMs;
  };
  // 25 a second: eight lines of 5 ms an interval.
  assertEquals([200, 201, 204.9, 205].map((ms) => second(25, ms)), [240, 240, 240, 245]);
  assertEquals(second(25, 1003, 2), 1020);
  // 60 a second: four lines of 4.17 ms an interval.
  assertAlmostEquals(second(60, 102), 1000 * 7 / 60, 1e-9);
  assertEquals(second(0.5, 3), 2000);
});

Deno.test("PlaySchedule refuses a scale or speed of 0", () => {
  assertThrows(() => new PlaySchedule(CLOCK, { ...WHOLE, scale: 0 }, 0), RangeError);
  assertThrows(() => new PlaySchedule(CLOCK, { ...WHOLE, speed: 0 }, 0), RangeError);
});

Deno.test("PlaySchedule.frameAfter() looks ahead as the play will go", () => {
  const clock = { frameCount: 100, framesPerSecond: 25 };
  const order = { from: 90, scale: 1, speed: 1, loop: false };
  const plain = new PlaySchedule(clock, order, 0);
  assertEquals([0, 9, 10].map((count) => plain.frameAfter(count)), [90, 99, undefined]);
  const looped = new PlaySchedule(clock, { ...order, loop: true }, 0);
  assertEquals([9, 10, 111].map((count) => looped.frameAfter(count)), [99, 0, 1]);
  const back = new PlaySchedule(clock, { ...order, scale: -2 }, 0);
  back.advance();
  assertEquals([0, 1, 44, 45].map((count) => back.frameAfter(count)), [88, 86, 0, undefined]);
});

Deno.test("PlaySchedule.framesIn() counts what is sent in a time", () => {
  const clock = { frameCount: 100, framesPerSecond: 25 };
  const framesIn = (scale: number, speed: number, ms: number) =>
    new PlaySchedule(clock, { from: 0, scale, speed, loop: false }, 0).framesIn(ms);
  assertEquals([framesIn(1, 1, 1000), framesIn(1, 2, 1000), framesIn(0.5, 1, 990)], [25, 50, 13]);
});
