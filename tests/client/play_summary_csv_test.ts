import { assertEquals } from "@std/assert";
import { playSummaryCsv } from "../../lib/client/play_summary_csv.ts";
import { SAMPLE_SUMMARY } from "./sample_summary.ts";

const HEAD = "second,packets,frames,payload_bytes,lost,broken,jitter_ms,longest_gap_ms," +
  "least_frame_bytes,most_frame_bytes,seconds\n";

Deno.test("playSummaryCsv() has a line a second, and empty fields for what was not measured", () => {
  assertEquals(
    playSummaryCsv([SAMPLE_SUMMARY.perSecond]),
    `${HEAD}1,20,20,150000,,,,,,,1\n2,18,18,60000,,,,,,,1\n3,1,1,10,,,,,,,1\n`,
  );
});

Deno.test("playSummaryCsv() has all that was measured, to a microsecond", () => {
  const second = {
    packets: 20,
    frames: 19,
    payloadBytes: 150_000,
    lost: 2,
    broken: 1,
    jitterMs: 0.31415926,
    longestGapMs: 100.2,
    leastFrameBytes: 6000,
    mostFrameBytes: 9000,
  };
  assertEquals(
    playSummaryCsv([[second, { ...second, jitterMs: null, seconds: 0.45 }]]),
    `${HEAD}1,20,19,150000,2,1,0.314,100.2,6000,9000,1\n2,20,19,150000,2,1,,100.2,6000,9000,0.45\n`,
  );
});

Deno.test("playSummaryCsv() of a play without packets is the line of names", () => {
  assertEquals(playSummaryCsv([[]]), HEAD);
});

Deno.test("playSummaryCsv() of several plays has the source in front, from 1", () => {
  const { perSecond } = SAMPLE_SUMMARY;
  assertEquals(
    playSummaryCsv([perSecond.slice(0, 2), [], perSecond.slice(0, 1)]),
    `source,${HEAD}1,1,20,20,150000,,,,,,,1\n1,2,18,18,60000,,,,,,,1\n3,1,20,20,150000,,,,,,,1\n`,
  );
});
