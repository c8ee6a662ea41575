import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { PlayStep } from "../../lib/client/play_plan.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { MachinePair, type MachinePairOptions } from "../support/machine_pair.ts";

const MOVIE = fakeFrames(40);

/** Plays to the end. */
function played(options: Partial<MachinePairOptions> = {}): MachinePair {
  const pair = new MachinePair({ frames: MOVIE, ...options });
  pair.run();
  return pair;
}

Deno.test("client and server play a movie through", () => {
  const pair = played();
  assertEquals(pair.jpegs, MOVIE);
  assertEquals(pair.frames.map(({ number }) => number), MOVIE.map((_, i) => i + 1));
  assertEquals(pair.frames.map(({ sequence }) => sequence), MOVIE.map((_, i) => i + 1));
  const { outcome, sentence, summary } = pair.run();
  assertEquals([outcome, sentence], [
    "played",
    "Played 40 frames of movie.Mjpeg from localhost:8554",
  ]);
  const { perSecond, perSecondRange, jitterMs, gapsMs, packetGapsMs, ...others } = summary;
  const { framesPerSecond, dataRateBitsPerSecond, ...figures } = others;
  assertEquals([packetGapsMs, perSecondRange.lossRate.max], [{
    min: gapsMs.min,
    mean: gapsMs.mean,
    max: gapsMs.max,
  }, 0]);
  assertEquals(figures, {
    packets: {
      received: 40,
      expected: 40,
      lost: 0,
      duplicate: 0,
      late: 0,
      reordered: 0,
      foreign: 0,
      lossRate: 0,
    },
    frames: { whole: 40, broken: 0, brokenBy: {} },
    payloadBytes: 4000,
    jitterBasis: "mean interval",
    firstFrameMs: summary.firstFrameMs,
    samplingIntervalMs: 1000,
    playingSeconds: summary.playingSeconds,
    durationSeconds: summary.durationSeconds,
    dialect: "lab",
    transport: { protocol: "udp", reason: "the lab dialect has no other" },
    receiveBufferBytes: null,
    roundTripMs: null,
    keepalives: 0,
    reconnects: 0,
    rtcp: null,
  });
  // The server has its frames due on a grid that it shares with others: the first gap is shorter.
  assertEquals([gapsMs.p99, gapsMs.max], [50, 50]);
  assertAlmostEquals(summary.playingSeconds, 2, 0.05);
  assertAlmostEquals(framesPerSecond ?? 0, 20, 0.5);
  assertAlmostEquals(dataRateBitsPerSecond ?? 0, 16_000, 400);
  assert(jitterMs !== null && jitterMs < 1, `jitter ${jitterMs} ms`);
  assertEquals(perSecond.length, 2);
  assertEquals(perSecond.reduce((sum, { frames }) => sum + frames, 0), 40);
  for (const { packets, frames, payloadBytes } of perSecond) {
    assertEquals([packets, payloadBytes], [frames, 100 * frames]);
    assertAlmostEquals(frames, 20, 1);
  }
  assertAlmostEquals(summary.durationSeconds, 1.95 + (summary.firstFrameMs ?? 0) / 1000, 0.05);
  assertEquals([pair.server.machine.sessions.size, pair.movie.leased], [0, 0]);
});

Deno.test("the client ends a play after a second of silence, and tears down", () => {
  const pair = played();
  const lastMs = pair.frames.at(-1)?.arrivalMs ?? 0;
  const [before, after] = [lastMs + 1000, lastMs + 1040];
  assert(pair.nowMs >= before && pair.nowMs < after, `ended at ${pair.nowMs}, after ${lastMs}`);
  assertEquals(pair.requests.at(-1)?.split(" ")[0], "TEARDOWN");
});

Deno.test("client and server understand each other in every cut of every message", () => {
  const frames = MOVIE.slice(0, 3);
  for (let place = 0; place < 90; place++) {
    const cut = (message: Uint8Array) => {
      if (place === 0) return Array.from(message, (_, i) => message.subarray(i, i + 1));
      return [message.subarray(0, place), message.subarray(place)].filter(({ length }) =>
        length > 0
      );
    };
    const pair = played({ frames, cut });
    assertEquals(pair.jpegs, frames, `cut at ${place}`);
    assertEquals(pair.result?.outcome, "played");
    assertEquals(
      pair.outputs.filter((output) => output.kind === "log" && output.level === "warning"),
      [],
    );
  }
});

Deno.test("the client pauses for a second and goes on without a lost or repeated frame", () => {
  const steps: PlayStep[] = [
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 700 },
    { kind: "pause" },
    { kind: "wait", ms: 1000 },
    { kind: "play" },
  ];
  const pair = played({ plan: { steps } });
  assertEquals(pair.jpegs, MOVIE);
  const { summary } = pair.run();
  assertEquals([summary.packets.lost, summary.packets.duplicate, summary.frames.whole], [0, 0, 40]);
  assertEquals([summary.gapsMs.p99, summary.gapsMs.max], [50, 50]);
  assertAlmostEquals(summary.playingSeconds, 2, 0.05);
  assertAlmostEquals(summary.framesPerSecond ?? 0, 20, 0.5);
  assert(summary.jitterMs !== null && summary.jitterMs < 2, `jitter ${summary.jitterMs} ms`);
  const gaps = pair.frames.slice(1).map((frame, i) =>
    frame.arrivalMs - (pair.frames[i]?.arrivalMs ?? 0)
  );
  assertEquals(gaps.filter((gap) => gap > 60).length, 1);
  assert(summary.durationSeconds > 2.9 && summary.durationSeconds < 3.1);
});

Deno.test("the client pauses and goes on many times", () => {
  const round: PlayStep[] = [
    { kind: "play" },
    { kind: "wait", ms: 130 },
    { kind: "pause" },
    { kind: "wait", ms: 20 },
  ];
  const steps: PlayStep[] = [{ kind: "setup" }, ...Array(20).fill(round).flat()];
  const pair = played({ plan: { steps } });
  assertEquals(pair.jpegs, MOVIE);
  assertEquals(pair.run().summary.packets.lost, 0);
});

Deno.test("the client stops after --frames and after --duration", () => {
  const byFrames = played({ plan: { frames: 7 } });
  assertEquals(byFrames.jpegs, MOVIE.slice(0, 7));
  assertEquals(byFrames.run().summary.frames.whole, 7);
  assertEquals(byFrames.requests.at(-1)?.split(" ")[0], "TEARDOWN");
  const byTime = played({ plan: { durationMs: 500 } });
  assert([10, 11].includes(byTime.frames.length), `${byTime.frames.length} frames in 500 ms`);
});

Deno.test("--duration leaves pauses out", () => {
  const steps: PlayStep[] = [
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 250 },
    { kind: "pause" },
    { kind: "wait", ms: 5000 },
    { kind: "play" },
  ];
  const pair = played({ plan: { steps, durationMs: 500 } });
  assert([10, 11].includes(pair.frames.length), `${pair.frames.length} frames in 500 ms`);
});

Deno.test("a missing movie is a refusal, with the address, the request and the reply", () => {
  const { outcome, sentence, summary } = played({ file: "none.Mjpeg" }).run();
  assertEquals([outcome, sentence], [
    "refused",
    "Cannot play none.Mjpeg from localhost:8554: SETUP was answered 404 Not Found",
  ]);
  assertEquals(summary.packets.received, 0);
});

Deno.test("a server killed in mid-play is a failure, and the frames until then count", () => {
  const pair = new MachinePair({ frames: MOVIE });
  pair.advance(1000);
  pair.killServer();
  const { outcome, sentence, summary } = pair.run();
  const frames = pair.frames.length;
  assertEquals([outcome, sentence], [
    "failed",
    `Cannot go on playing movie.Mjpeg from localhost:8554: the server closed the connection ` +
    `after ${frames} frames`,
  ]);
  assert(frames >= 19 && frames <= 20);
  assertEquals(summary.frames.whole, frames);
});

Deno.test("a movie of 1 frame a second is played to its end", () => {
  const frames = MOVIE.slice(0, 5);
  assertEquals(played({ frames, framesPerSecond: 1 }).jpegs, frames);
});

Deno.test("large frames come whole, cut or not, in either style of RTP", () => {
  const frames = [...fakeFrames(4, 65_495), ...fakeFrames(4, 200_000)];
  for (const frame of frames) for (let i = 4; i < frame.length - 2; i++) frame[i] = i % 199;
  for (const labRtp of ["exercise", "modern"] as const) {
    const pair = played({ frames, settings: { labRtp } });
    assert(pair.jpegs.every((jpeg, i) => isSame(jpeg, frames[i])), labRtp);
    const { packets, frames: counts, payloadBytes } = pair.run().summary;
    assertEquals([packets.expected, packets.lost, counts.broken], [8, 0, 0]);
    assertEquals(payloadBytes, 4 * 65_495 + 4 * 200_000);
  }
});

Deno.test("the jitter of timestamps in 90 kHz is measured against them", () => {
  const { jitterMs, jitterBasis } = played({ settings: { labRtp: "modern" } }).run().summary;
  assertEquals(jitterBasis, "timestamps");
  // The first interval is up to 5 ms shorter than the timestamps say, as frames are due on a grid.
  assertAlmostEquals(jitterMs ?? NaN, 0, 0.4);
});

Deno.test("what the network loses is lost, and nothing else", () => {
  const pair = played({ frames: fakeFrames(1000), impairment: { loss: 0.02, seed: 7 } });
  const { lost, taken } = pair.network.counts;
  const { packets, frames } = pair.run().summary;
  assertEquals(taken, 1000);
  assert(lost > 5);
  assertEquals([packets.received, packets.lost, packets.expected], [1000 - lost, lost, 1000]);
  assertEquals([packets.lossRate, frames.whole, frames.broken], [lost / 1000, 1000 - lost, 0]);
  const sequences = pair.frames.map(({ sequence }) => sequence);
  assertEquals(sequences, sequences.toSorted((a, b) => a - b));
});

Deno.test("what the network duplicates and reorders comes once, and in order", () => {
  const movie = fakeFrames(1000);
  const impairment = { duplicate: 0.05, reorder: 0.05, delayMs: 20, jitterMs: 8, seed: 3 };
  const pair = played({ frames: movie, impairment });
  const { duplicated, heldBack } = pair.network.counts;
  const { packets, frames } = pair.run().summary;
  assertEquals(pair.jpegs, movie);
  assertEquals([packets.received, packets.duplicate], [1000 + duplicated, duplicated]);
  assertEquals([packets.lost, packets.late, frames.broken], [0, 0, 0]);
  assert(packets.reordered > 0 && packets.reordered <= heldBack * 2);
});

Deno.test("every fate of the network leaves counts that add up", () => {
  const movie = fakeFrames(200);
  for (let seed = 1; seed <= 50; seed++) {
    const impairment = { loss: 0.1, duplicate: 0.1, reorder: 0.1, delayMs: 30, jitterMs: 25, seed };
    const pair = played({ frames: movie, impairment });
    const { packets, frames } = pair.run().summary;
    assertEquals(pair.result?.outcome, "played");
    // What comes behind the first packet and belongs before it is received, but not expected (A.1).
    const [first = 0] = pair.arrivals;
    const early = new Set(pair.arrivals.filter((sequence) => sequence < first)).size;
    const distinct = packets.received - packets.duplicate;
    assertEquals(distinct, new Set(pair.arrivals).size, `seed ${seed}`);
    assertEquals(distinct + packets.lost, packets.expected + early, `seed ${seed}`);
    assertEquals(frames.whole + packets.late, distinct, `seed ${seed}`);
    const wanted = pair.frames.map(({ sequence }) => movie[sequence - 1]);
    assertEquals(pair.jpegs as (Uint8Array | undefined)[], wanted, `seed ${seed}`);
  }
});

Deno.test("sequence numbers that wrap are no loss", () => {
  const movie = fakeFrames(250, 8);
  const pair = new MachinePair({
    frames: movie,
    framesPerSecond: 1000,
    settings: { loop: true },
    plan: { frames: 66_000 },
  });
  const { summary } = pair.run();
  assertEquals([summary.frames.whole, summary.packets.lost], [66_000, 0]);
  assertEquals(pair.frames.at(-1)?.sequence, 66_000 & 0xffff);
});

Deno.test("four buttons: each command by itself, and again after TEARDOWN", () => {
  const pair = new MachinePair({
    frames: MOVIE,
    plan: { steps: [], then: "wait", playSetsUp: false },
  });
  pair.command({ kind: "play" });
  assertEquals(pair.requests, []);
  for (const kind of ["setup", "play", "pause", "play", "teardown", "setup", "play"] as const) {
    pair.command({ kind });
    pair.advance(300);
  }
  assertEquals(pair.machine.state, "playing");
  pair.command({ kind: "quit" });
  assertEquals(pair.run().outcome, "played");
  const methods = pair.requests.map((request) => request.split(" ")[0]);
  const session = ["SETUP", "PLAY", "PAUSE", "PLAY", "TEARDOWN"];
  assertEquals(methods, [...session, "SETUP", "PLAY", "TEARDOWN"]);
  assertEquals(pair.frames.map(({ number }) => number), pair.frames.map((_, i) => i + 1));
  const again = pair.frames.findLastIndex(({ sequence }) => sequence === 1);
  assertEquals(pair.jpegs.slice(again), MOVIE.slice(0, pair.frames.length - again));
});

Deno.test("three buttons: play sets up by itself, also after stop", () => {
  const plan = { steps: [], then: "wait", playSetsUp: true } as const;
  const pair = new MachinePair({ frames: MOVIE, plan });
  for (const kind of ["play", "stop", "play", "stop", "quit"] as const) {
    pair.command({ kind });
    pair.advance(200);
  }
  const methods = pair.requests.map((request) => request.split(" ")[0]);
  assertEquals(methods, ["SETUP", "PLAY", "TEARDOWN", "SETUP", "PLAY", "TEARDOWN"]);
  assertEquals(pair.result?.outcome, "played");
});

/** Compares large arrays, whose difference nobody could read. */
function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, i) => byte === b[i]);
}
