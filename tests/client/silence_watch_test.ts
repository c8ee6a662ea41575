import { assertEquals } from "@std/assert";
import { SilenceWatch } from "../../lib/client/silence_watch.ts";

/** A stream with so long between its frames, and when its server is asked after the last of them. */
const PACES:
  readonly (readonly [intervalMs: number, announcedMs: number | undefined, ms: number])[] = [
    [40, 40, 5_000],
    [40, undefined, 5_000],
    [1_000, undefined, 5_000],
    [2_000, undefined, 8_000],
    [3_000, 3_000, 12_000],
    [10_000, undefined, 15_000],
  ];

for (const [intervalMs, announcedMs, wantedMs] of PACES) {
  Deno.test(`SilenceWatch asks ${wantedMs} ms after a frame each ${intervalMs} ms (${announcedMs} announced)`, () => {
    const watch = new SilenceWatch();
    watch.begin(announcedMs, 0);
    let nowMs = 0;
    for (let frame = 0; frame < 10; frame++) {
      watch.heard(nowMs);
      watch.frame(nowMs);
      nowMs += intervalMs;
    }
    nowMs -= intervalMs;
    assertEquals(watch.due, { atMs: nowMs + wantedMs, verdict: "silent" });
  });
}

Deno.test("SilenceWatch forgets a gap as frames come on", () => {
  const watch = new SilenceWatch();
  watch.begin(50, 0);
  for (const nowMs of [0, 50, 30_050]) {
    watch.heard(nowMs);
    watch.frame(nowMs);
  }
  assertEquals(watch.due?.atMs, 30_050 + 15_000);
  let nowMs = 30_050;
  for (let frame = 0; frame < 20; frame++) {
    nowMs += 50;
    watch.heard(nowMs);
    watch.frame(nowMs);
  }
  assertEquals(watch.due?.atMs, nowMs + 5_000);
});

Deno.test("SilenceWatch waits for nothing before it plays and after its end", () => {
  const watch = new SilenceWatch();
  assertEquals(watch.due, undefined);
  watch.begin(undefined, 0);
  watch.asked(7_000);
  watch.end();
  assertEquals(watch.due, undefined);
});
