import { assertEquals } from "@std/assert";
import { formatPlaySummary } from "../../lib/client/format_play_summary.ts";
import type { PlayResult } from "../../lib/client/play_result.ts";
import { playSummaryJson } from "../../lib/client/play_summary_json.ts";
import type { PlaySummary } from "../../lib/client/play_summary.ts";

const SUMMARY: PlaySummary = {
  packets: {
    received: 1990,
    expected: 2000,
    lost: 15,
    duplicate: 5,
    late: 1,
    reordered: 7,
    foreign: 0,
    lossRate: 0.0075,
  },
  frames: { whole: 1984, broken: 2 },
  payloadBytes: 16_983_210,
  dataRateBitsPerSecond: 1_358_656.8,
  framesPerSecond: 19.84,
  jitterMs: 0.314,
  jitterBasis: "timestamps",
  gapsMs: { min: 48.91, mean: 50.4, p99: 100.2, max: 150.06 },
  firstFrameMs: 41.26,
  playingSeconds: 100,
  durationSeconds: 161.5,
  perSecond: [
    { packets: 20, frames: 20, payloadBytes: 150_000 },
    { packets: 18, frames: 18, payloadBytes: 60_000 },
    { packets: 1, frames: 1, payloadBytes: 10 },
  ],
};

Deno.test("formatPlaySummary() has a line for each subject", () => {
  assertEquals(
    formatPlaySummary(SUMMARY, 3),
    `\
Packets:     1,990 received, 15 lost (0.75 %), 5 duplicate, 1 late, 7 reordered
Frames:      1,984 whole, 2 broken, 3 not written
Payload:     16,983,210 bytes
Data rate:   1.36 Mbit/s mean, 480.0 kbit/s to 1.20 Mbit/s in single seconds
Frame rate:  19.84 frames a second
Jitter:      0.31 ms (against the timestamps)
Gaps:        min 48.9, mean 50.4, p99 100.2, max 150.1 ms between frames
First frame: 41.3 ms after PLAY
Time:        100.00 s playing, 161.50 s in all
`,
  );
});

Deno.test("formatPlaySummary() says what was not measured, and what came from elsewhere", () => {
  const summary: PlaySummary = {
    ...SUMMARY,
    packets: { ...SUMMARY.packets, foreign: 2, lossRate: null },
    dataRateBitsPerSecond: null,
    framesPerSecond: null,
    jitterMs: null,
    gapsMs: { min: null, mean: null, p99: null, max: null },
    firstFrameMs: null,
  };
  assertEquals(formatPlaySummary(summary).split("\n"), [
    "Packets:     1,990 received, 15 lost, 5 duplicate, 1 late, 7 reordered, 2 not of this stream",
    "Frames:      1,984 whole, 2 broken",
    "Payload:     16,983,210 bytes",
    "Data rate:   not measured",
    "Frame rate:  not measured",
    "Jitter:      not measured",
    "Gaps:        not measured",
    "First frame: not measured",
    "Time:        100.00 s playing, 161.50 s in all",
    "",
  ]);
});

const RESULT: PlayResult = { outcome: "played", sentence: "Played it", summary: SUMMARY };
const SUBJECT = {
  source: { host: "127.0.0.1", port: 8554, file: "movie.Mjpeg" },
  dialect: "lab",
  product: "Zoetrope/test",
  notWritten: undefined,
} as const;

Deno.test("playSummaryJson() holds every figure under its own name", () => {
  const { frames, ...others } = SUMMARY;
  assertEquals(JSON.parse(playSummaryJson(RESULT, SUBJECT)), {
    version: 1,
    product: "Zoetrope/test",
    source: { host: "127.0.0.1", port: 8554, file: "movie.Mjpeg" },
    dialect: "lab",
    outcome: "played",
    sentence: "Played it",
    frames: { ...frames, notWritten: null },
    ...others,
  });
});

Deno.test("playSummaryJson() names no field that docs/statistics.md does not", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/statistics.md", import.meta.url));
  const document = JSON.parse(playSummaryJson(RESULT, { ...SUBJECT, notWritten: 0 }));
  const paths = pathsOf(document);
  assertEquals(paths.filter((path) => !text.includes(`\`${path}\``)), []);
});

/** The names of all figures, those inside others with dots. */
function pathsOf(value: unknown, prefix = ""): string[] {
  if (Array.isArray(value)) return pathsOf(value[0], `${prefix.slice(0, -1)}[].`);
  if (typeof value !== "object" || value === null) return [prefix.slice(0, -1)];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${prefix}${name}.`));
}
