import { assertEquals } from "@std/assert";
import { formatPlaySummary } from "../../lib/client/format_play_summary.ts";
import type { PlayResult } from "../../lib/client/play_result.ts";
import { playSummaryJson } from "../../lib/client/play_summary_json.ts";
import { SAMPLE_SUMMARY } from "./sample_summary.ts";
import type { PlaySummary } from "../../lib/client/play_summary.ts";

const SUMMARY = SAMPLE_SUMMARY;

Deno.test("formatPlaySummary() has a line for each subject", () => {
  assertEquals(
    formatPlaySummary(SUMMARY, 3),
    `\
Packets:     1,990 received, 15 lost (0.75 %), 5 duplicate, 1 late, 7 reordered
Loss:        0.00 to 10.00 % in single seconds
Frames:      1,984 whole, 2 broken, 3 not written
Payload:     16,983,210 bytes
Data rate:   1.36 Mbit/s mean, 480.0 kbit/s to 1.20 Mbit/s in single seconds
Frame rate:  19.84 frames a second
Jitter:      0.31 ms (against the timestamps)
Gaps:        min 48.9, mean 50.4, p99 100.2, max 150.1 ms between frames
Packet gaps: min 0.02, mean 50.20, max 150.1 ms
First frame: 41.3 ms after PLAY
Time:        100.00 s playing, 161.50 s in all
`,
  );
});

Deno.test("formatPlaySummary() says what the standard dialect knows besides", () => {
  const summary: PlaySummary = {
    ...SUMMARY,
    frames: { whole: 1984, broken: 2, brokenBy: { incomplete: 2 } },
    dialect: "standard",
    transport: { protocol: "tcp", reason: "no packet came over UDP within 3 s" },
    roundTripMs: { min: 0.44, last: 1.26 },
    receiveBufferBytes: 4_194_304,
    keepalives: 3,
    rtcp: { sent: 20, received: 18, dropped: 1, fractionLost: 0.0078125, cumulativeLost: 15 },
  };
  const lines = formatPlaySummary(summary).split("\n");
  assertEquals(lines[2], "Frames:      1,984 whole, 2 broken (incomplete 2)");
  assertEquals(lines.slice(11), [
    "Transport:   TCP: no packet came over UDP within 3 s",
    "Round trip:  min 0.4, last 1.3 ms by RTSP",
    "RTCP:        20 sent, 0.78 % loss in the last one, 18 received, 1 could not be read",
    "Keepalives:  3",
    "Buffer:      4,194,304 bytes may wait to be received",
    "",
  ]);
});

Deno.test("formatPlaySummary() says what was not measured, and what came from elsewhere", () => {
  const summary: PlaySummary = {
    ...SUMMARY,
    packets: { ...SUMMARY.packets, foreign: 2, lossRate: null },
    dataRateBitsPerSecond: null,
    framesPerSecond: null,
    jitterMs: null,
    gapsMs: { min: null, mean: null, p99: null, max: null },
    packetGapsMs: { min: null, mean: null, max: null },
    perSecondRange: {
      dataRateBitsPerSecond: { min: null, max: null },
      lossRate: { min: null, max: null },
    },
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
  product: "Zoetrope/test",
  notWritten: undefined,
};

Deno.test("playSummaryJson() holds every figure under its own name", () => {
  const { frames, ...others } = SUMMARY;
  assertEquals(JSON.parse(playSummaryJson([{ result: RESULT, subject: SUBJECT }])), {
    version: 2,
    product: "Zoetrope/test",
    source: { host: "127.0.0.1", port: 8554, file: "movie.Mjpeg" },
    outcome: "played",
    sentence: "Played it",
    frames: { ...frames, notWritten: null },
    ...others,
  });
});

Deno.test("playSummaryJson() of several plays is an array of the same objects, in their order", () => {
  const one = { result: RESULT, subject: SUBJECT };
  const refused = { ...RESULT, outcome: "refused", sentence: "Cannot play it" } as const;
  const other = { result: refused, subject: { ...SUBJECT, notWritten: 2 } };
  const alone = [one, other].map((play) => JSON.parse(playSummaryJson([play])));
  assertEquals(JSON.parse(playSummaryJson([one, other])), alone);
});

Deno.test("playSummaryJson() names no field that docs/statistics.md does not", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/statistics.md", import.meta.url));
  const summary: PlaySummary = {
    ...SUMMARY,
    dialect: "standard",
    transport: { protocol: "udp", reason: "it is tried first" },
    roundTripMs: { min: 1, last: 2 },
    rtcp: { sent: 1, received: 1, dropped: 0, fractionLost: 0, cumulativeLost: 0 },
  };
  const document = JSON.parse(
    playSummaryJson([{
      result: { ...RESULT, summary },
      subject: { ...SUBJECT, notWritten: 0 },
    }]),
  );
  const paths = pathsOf(document);
  assertEquals(
    paths.filter((path) => path !== "frames.brokenBy" && !text.includes(`\`${path}\``)),
    [],
  );
});

/** The names of all figures, those inside others with dots. */
function pathsOf(value: unknown, prefix = ""): string[] {
  if (Array.isArray(value)) return pathsOf(value[0], `${prefix.slice(0, -1)}[].`);
  if (typeof value !== "object" || value === null) return [prefix.slice(0, -1)];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${prefix}${name}.`));
}
