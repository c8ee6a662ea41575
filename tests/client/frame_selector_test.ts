import { assertEquals } from "@std/assert";
import type { FrameChoice } from "../../lib/client/frame_choice.ts";
import { FrameSelector } from "../../lib/client/frame_selector.ts";

/** The numbers of those frames that are taken. */
function taken(choice: FrameChoice, frames: readonly (readonly [number, number])[]): number[] {
  const selector = new FrameSelector(choice);
  return frames.filter(([number, playMs]) => selector.takes(number, playMs)).map(([n]) => n);
}

/** 20 frames a second from 0, with some numbers left out. */
function frames(count: number, missing: readonly number[] = []): [number, number][] {
  return Array.from({ length: count }, (_, i): [number, number] => [i + 1, i * 50])
    .filter(([number]) => !missing.includes(number));
}

const CASES: [string, FrameChoice, [number, number][], number[]][] = [
  ["each", { kind: "everyFrames", count: 1 }, frames(3), [1, 2, 3]],
  ["each third", { kind: "everyFrames", count: 3 }, frames(9), [1, 4, 7]],
  ["each third of those that came", { kind: "everyFrames", count: 3 }, frames(9, [4]), [1, 7]],
  ["two a second", { kind: "everyMs", intervalMs: 500 }, frames(31), [1, 11, 21, 31]],
  ["the next where one is missing", { kind: "everyMs", intervalMs: 500 }, frames(31, [11]), [
    1,
    12,
    21,
    31,
  ]],
  ["one after a long gap", { kind: "everyMs", intervalMs: 100 }, [[1, 0], [2, 900], [3, 950]], [
    1,
    2,
  ]],
  ["all where the interval is short", { kind: "everyMs", intervalMs: 1 }, frames(4), [1, 2, 3, 4]],
  ["those at times, in any order", { kind: "times", timesMs: [300, 120, 0] }, frames(10), [
    1,
    4,
    7,
  ]],
  ["one for two times", { kind: "times", timesMs: [310, 320] }, frames(10), [8]],
  ["none after the end", { kind: "times", timesMs: [1000] }, frames(10), []],
];

for (const [name, choice, all, wanted] of CASES) {
  Deno.test(`FrameSelector.takes() takes ${name}`, () => {
    assertEquals(taken(choice, all), wanted);
  });
}

Deno.test("FrameSelector.isDone says that no further frame is taken", () => {
  const selector = new FrameSelector({ kind: "times", timesMs: [0, 100] });
  assertEquals([selector.takes(1, 0), selector.isDone], [true, false]);
  assertEquals([selector.takes(2, 100), selector.isDone], [true, true]);
  assertEquals(selector.takes(3, 200), false);
  assertEquals(new FrameSelector({ kind: "everyFrames", count: 1 }).isDone, false);
});
