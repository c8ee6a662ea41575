import { assertAlmostEquals, assertEquals } from "@std/assert";
import { PlayReport } from "../../lib/client/play_report.ts";
import { LAB_FIGURES } from "./lab_figures.ts";
import type { Reception } from "../../lib/client/reception.ts";

const NOTHING: Reception = {
  received: 0,
  expected: 0,
  lost: 0,
  duplicate: 0,
  late: 0,
  reordered: 0,
  foreign: 0,
  whole: 0,
  broken: 0,
  brokenBy: {},
  jitterMs: undefined,
  jitterBasis: "mean interval",
};

/** A frame in one packet at each of these times. */
function receive(report: PlayReport, times: readonly number[], length = 1000): void {
  for (const ms of times) {
    report.packet(length, ms);
    report.frame(ms);
  }
}

const every = (intervalMs: number, count: number, startMs: number) =>
  Array.from({ length: count }, (_, i) => startMs + i * intervalMs);

Deno.test("PlayReport of nothing has zeros, and null where there is nothing to measure", () => {
  assertEquals(new PlayReport().summary(NOTHING, LAB_FIGURES), {
    packets: {
      received: 0,
      expected: 0,
      lost: 0,
      duplicate: 0,
      late: 0,
      reordered: 0,
      foreign: 0,
      lossRate: null,
    },
    frames: { whole: 0, broken: 0, brokenBy: {} },
    payloadBytes: 0,
    dataRateBitsPerSecond: null,
    framesPerSecond: null,
    jitterMs: null,
    jitterBasis: "mean interval",
    gapsMs: { min: null, mean: null, p99: null, max: null },
    packetGapsMs: { min: null, mean: null, max: null },
    firstFrameMs: null,
    playingSeconds: 0,
    durationSeconds: 0,
    dialect: "lab",
    transport: null,
    receiveBufferBytes: null,
    roundTripMs: null,
    keepalives: 0,
    reconnects: 0,
    rtcp: null,
    samplingIntervalMs: 1000,
    perSecondRange: {
      dataRateBitsPerSecond: { min: null, max: null },
      lossRate: { min: null, max: null },
    },
    perSecond: [],
  });
});

Deno.test("PlayReport tells how much may wait to be received, but over TCP", () => {
  const report = new PlayReport();
  report.receiveBuffer = 4_194_304;
  const over = (protocol: "udp" | "tcp") =>
    report.summary(NOTHING, { ...LAB_FIGURES, transport: { protocol, reason: "test" } })
      .receiveBufferBytes;
  assertEquals([over("udp"), over("tcp")], [4_194_304, null]);
});

Deno.test("PlayReport counts the last frame's own time as playing time", () => {
  const report = new PlayReport();
  report.play(100);
  receive(report, every(50, 40, 150));
  const summary = report.summary(NOTHING, LAB_FIGURES);
  assertEquals([summary.playingSeconds, summary.framesPerSecond], [2, 20]);
  assertEquals([summary.payloadBytes, summary.dataRateBitsPerSecond], [40_000, 160_000]);
  assertEquals([summary.firstFrameMs, summary.durationSeconds], [50, 2]);
});

Deno.test("PlayReport measures gaps between packets, over no pause", () => {
  const report = new PlayReport();
  report.play(0);
  for (const ms of [10, 11, 13]) report.packet(100, ms);
  report.frame(20);
  report.packet(100, 21);
  report.play(5000);
  for (const ms of [5010, 5011]) report.packet(100, ms);
  const { packetGapsMs } = report.summary(NOTHING, LAB_FIGURES);
  assertEquals(packetGapsMs, { min: 1, mean: (1 + 2 + 8 + 1) / 4, max: 8 });
});

Deno.test("PlayReport leaves pauses out of gaps, rates and seconds", () => {
  const report = new PlayReport();
  report.play(0);
  receive(report, every(50, 10, 10));
  report.play(60_000);
  receive(report, every(50, 30, 60_020));
  const { playingSeconds, framesPerSecond, gapsMs, perSecond, durationSeconds, firstFrameMs } =
    report.summary(NOTHING, LAB_FIGURES);
  assertEquals([playingSeconds, framesPerSecond, gapsMs.max, firstFrameMs], [2, 20, 50, 10]);
  assertEquals(perSecond.map(({ frames }) => frames), [20, 20]);
  assertEquals(durationSeconds, 61.47);
});

Deno.test("PlayReport of one frame measures no rate", () => {
  const report = new PlayReport();
  report.play(0);
  receive(report, [30]);
  const { framesPerSecond, dataRateBitsPerSecond, gapsMs, perSecond } = report.summary(
    NOTHING,
    LAB_FIGURES,
  );
  assertEquals([framesPerSecond, dataRateBitsPerSecond, gapsMs.mean], [null, null, null]);
  const [{ packets, frames, payloadBytes } = {}] = perSecond;
  assertEquals([perSecond.length, packets, frames, payloadBytes], [1, 1, 1, 1000]);
});

/** Times of frames; how long after each its last packet came; the frame rate and the data rate. */
const FEW: [string, readonly number[], number, number | null, number | null][] = [
  ["one frame in two packets", [30], 1, null, null],
  ["one frame that took its time", [30], 400, null, 40_000],
  ["one frame in more than a second", [30], 2000, 0.5, 8000],
  ["three frames in a burst", [30, 30.2, 30.4], 0, null, null],
  ["two frames, far enough apart", [30, 130], 0, 10, 80_000],
  ["three frames", [30, 80, 130], 0, 20, 160_000],
];
for (const [name, times, lateMs, framesPerSecond, bitsPerSecond] of FEW) {
  Deno.test(`PlayReport has no wild rate of ${name}`, () => {
    const report = new PlayReport();
    report.play(0);
    for (const ms of times) {
      report.packet(1000, ms);
      if (lateMs > 0) report.packet(1000, ms + lateMs);
      report.frame(ms + lateMs);
    }
    const summary = report.summary(NOTHING, LAB_FIGURES);
    assertEquals([summary.framesPerSecond, summary.dataRateBitsPerSecond], [
      framesPerSecond,
      bitsPerSecond,
    ]);
    assertEquals(report.framesPerSecond, framesPerSecond ?? undefined);
  });
}

Deno.test("PlayReport measures gaps between frames", () => {
  const report = new PlayReport();
  report.play(0);
  receive(report, [0, 40, 100, 150]);
  const { min, mean, max } = report.summary(NOTHING, LAB_FIGURES).gapsMs;
  assertEquals([min, mean, max], [40, 50, 60]);
});

Deno.test("PlayReport has a row for each second, also for those without a packet", () => {
  const report = new PlayReport();
  report.play(0);
  receive(report, [0, 500, 2500]);
  assertEquals(report.summary(NOTHING, LAB_FIGURES).perSecond.map(({ frames }) => frames), [
    2,
    0,
    1,
  ]);
});

Deno.test("PlayReport takes the loss rate from what was expected (RFC 3550 A.3)", () => {
  const reception = { ...NOTHING, received: 100, duplicate: 5, expected: 100, lost: 5 };
  assertEquals(new PlayReport().summary(reception, LAB_FIGURES).packets.lossRate, 0.05);
});

Deno.test("PlayReport counts every packet of a frame, whole or not", () => {
  const report = new PlayReport();
  report.play(0);
  report.packet(600, 10);
  report.packet(400, 11);
  report.frame(11);
  report.packet(300, 60);
  const { payloadBytes, perSecond } = report.summary(NOTHING, LAB_FIGURES);
  assertEquals([payloadBytes, perSecond[0]?.packets, perSecond[0]?.frames], [1300, 3, 1]);
  assertAlmostEquals(report.playingMs, 50);
});
