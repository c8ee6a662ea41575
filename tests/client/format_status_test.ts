import { assertEquals } from "@std/assert";
import { formatStatus, type StatusFacts } from "../../lib/client/format_status.ts";
import { playProgress } from "../../lib/client/play_progress.ts";

const FACTS: StatusFacts = {
  frames: 100,
  framesPerSecond: 19.96,
  lost: 3,
  expected: 400,
  jitterMs: 0.52,
  roundTripMs: 1.24,
  progress: 0.25,
};

Deno.test("formatStatus() tells all that is known, behind a bar", () => {
  assertEquals(
    formatStatus(FACTS, 200),
    "[#######.......................]  25 %  100 frames  20.0 fps  loss 0.75 %  jitter 0.5 ms  " +
      "rtt 1.2 ms",
  );
});

Deno.test("formatStatus() makes the bar as wide as there is room for it", () => {
  const figures = "100 frames  20.0 fps  loss 0.75 %  jitter 0.5 ms  rtt 1.2 ms";
  assertEquals(formatStatus(FACTS, 80), `[##........]  25 %  ${figures}`);
  assertEquals(formatStatus(FACTS, 75), `[#....]  25 %  ${figures}`);
  assertEquals(formatStatus(FACTS, 74), ` 25 %  ${figures}`);
});

Deno.test("formatStatus() leaves out what is not known, and what does not fit", () => {
  const nothing = {
    frames: 1,
    framesPerSecond: undefined,
    lost: 0,
    expected: 0,
    jitterMs: undefined,
    roundTripMs: undefined,
    progress: undefined,
  };
  assertEquals(formatStatus(nothing, 80), "1 frame");
  for (const columns of [-1, 0, 1, 40]) {
    assertEquals(formatStatus(FACTS, columns).length, Math.max(0, columns));
  }
});

Deno.test("playProgress() goes by what ends the play first, and stays from 0 to 1", () => {
  const so = { frames: 10, playingMs: 500 };
  assertEquals(playProgress({ ...so, framesWanted: 100, durationMs: 1000 }), 0.5);
  assertEquals(playProgress({ ...so, framesWanted: 5 }), 1);
  assertEquals(playProgress({ ...so, positionSeconds: 3, startSeconds: 5, endSeconds: 9 }), 0);
  assertEquals(
    playProgress({ ...so, positionSeconds: 3, startSeconds: 5, endSeconds: 5 }),
    undefined,
  );
});
