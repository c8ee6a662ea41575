import { assertEquals } from "@std/assert";
import { PlaySeconds } from "../../lib/client/play_seconds.ts";

const NOTHING = { lost: 0, broken: 0, jitterMs: undefined };

Deno.test("PlaySeconds counts by playing time, and a stall leaves empty seconds", () => {
  const seconds = new PlaySeconds();
  seconds.packet(0, 100);
  seconds.packet(999, 50);
  seconds.packet(3000, 7);
  assertEquals(
    seconds.figures(NOTHING, 3100).map(({ packets, payloadBytes }) => [packets, payloadBytes]),
    [[2, 150], [0, 0], [0, 0], [1, 7]],
  );
});

Deno.test("PlaySeconds has the longest gap and the sizes of frames", () => {
  const seconds = new PlaySeconds();
  const frames: [number, number | undefined, number][] = [[0, undefined, 9], [50, 50, 3], [
    200,
    150,
    5,
  ], [1100, 90, 4]];
  for (const [playingMs, gapMs, length] of frames) {
    seconds.frame(playingMs, gapMs);
    seconds.frameSize(length);
  }
  assertEquals(
    seconds.figures(NOTHING, 3100).map((second) => [
      second.frames,
      second.longestGapMs,
      second.leastFrameBytes,
      second.mostFrameBytes,
      second.jitterMs,
    ]),
    [[3, 150, 3, 9, null], [1, 90, 4, 4, null]],
  );
});

Deno.test("PlaySeconds gives losses to the second that is over, and takes none back", () => {
  const seconds = new PlaySeconds();
  seconds.packet(0, 1);
  assertEquals(seconds.wantsSample, false);
  seconds.packet(1000, 1);
  assertEquals(seconds.wantsSample, true);
  seconds.sample({ lost: 3, broken: 1, jitterMs: 0.5 });
  assertEquals(seconds.wantsSample, false);
  seconds.packet(2000, 1);
  seconds.sample({ lost: 2, broken: 1, jitterMs: 0.7 });
  const last = { lost: 7, broken: 2, jitterMs: 0.9 };
  const rows = seconds.figures(last, 3000).map((
    { lost, broken, jitterMs },
  ) => [lost, broken, jitterMs]);
  assertEquals(rows, [[3, 1, 0.5], [0, 0, 0.7], [4, 1, 0.9]]);
  assertEquals(seconds.figures(last, 3000)[2]?.lost, 4);
});

const LENGTHS: [string, number, number[]][] = [
  ["that is not over", 1450, [1, 0.45]],
  ["that is over", 2000, [1, 1]],
  ["after which nothing came", 2040, [1, 1]],
  ["that has just begun", 1000, [1, 0]],
];
for (const [name, playingMs, wanted] of LENGTHS) {
  Deno.test(`PlaySeconds.figures() has the length of a last second ${name}`, () => {
    const seconds = new PlaySeconds();
    seconds.packet(0, 100);
    seconds.packet(1000, 100);
    assertEquals(seconds.figures(NOTHING, playingMs).map((second) => second.seconds), wanted);
  });
}
