import { assertEquals } from "@std/assert";
import { FrameClock } from "../../lib/client/frame_clock.ts";

/** The times of frames given as timestamp and arrival; `undefined` is a pause. */
function times(
  basis: "timestamps" | "arrivals",
  frames: readonly (readonly [rtpTimestamp: number, arrivalMs: number] | undefined)[],
): number[] {
  const clock = new FrameClock(basis);
  return frames.flatMap((frame) => {
    if (frame === undefined) {
      clock.pause();
      return [];
    }
    const [rtpTimestamp, arrivalMs] = frame;
    return [clock.timeOf({ rtpTimestamp, arrivalMs })];
  });
}

const CASES: [string, Parameters<typeof times>, number[]][] = [
  ["timestamps", ["timestamps", [[0, 7], [4500, 99], [9000, 100]]], [0, 50, 100]],
  ["timestamps over their wrap", ["timestamps", [[0xffff_ffff, 0], [4499, 50]]], [0, 50]],
  ["missing frames as gaps", ["timestamps", [[0, 0], [4500, 50], [27_000, 310]]], [0, 50, 300]],
  ["jumps of the timestamps by arrivals", ["timestamps", [[0, 0], [9e6, 60], [9_004_500, 110]]], [
    0,
    60,
    110,
  ]],
  ["timestamps of frames that come late, all at once", ["timestamps", [
    [0, 0],
    [4500, 30_000],
    [9000, 30_001],
    [13_500, 30_001],
  ]], [0, 50, 100, 150]],
  ["timestamps that go back by arrivals", ["timestamps", [[9000, 0], [0, 60]]], [0, 60]],
  ["arrivals where timestamps are coarse", ["arrivals", [[0, 5], [0, 56], [1, 104]]], [0, 51, 99]],
  ["a pause as one interval", ["arrivals", [[0, 0], [0, 50], undefined, [0, 9000], [0, 9050]]], [
    0,
    50,
    100,
    150,
  ]],
  ["a pause before the first frame as nothing", ["arrivals", [undefined, [0, 7], [0, 57]]], [
    0,
    50,
  ]],
];
for (const [name, args, wanted] of CASES) {
  Deno.test(`FrameClock.timeOf() takes ${name}`, () => assertEquals(times(...args), wanted));
}

Deno.test("FrameClock.timeOf() loses no part of a tick in hours of thirds of milliseconds", () => {
  const clock = new FrameClock("timestamps");
  const late: number[] = [];
  for (let frame = 0; frame < 30 * 3600 * 8; frame++) {
    const timeMs = clock.timeOf({ rtpTimestamp: frame * 3000 >>> 0, arrivalMs: frame * 100 / 3 });
    if (frame % 30 === 0 && timeMs !== frame / 30 * 1000) late.push(timeMs);
  }
  assertEquals(late, []);
});
