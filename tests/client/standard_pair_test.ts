import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { PlayStep } from "../../lib/client/play_plan.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { at, TEST_EPOCH_MS } from "../support/now.ts";
import { StandardPair, type StandardPairOptions } from "../support/standard_pair.ts";

/** Of the size that the server's description names, so that none is cropped. */
const MOVIE = sampleJpegs(40, 384, 288);
const SETUP_METHODS = ["OPTIONS", "DESCRIBE", "SETUP"];

/** Plays to the end. */
function played(options: Partial<StandardPairOptions> = {}): StandardPair {
  const pair = new StandardPair({ frames: MOVIE, ...options });
  pair.run();
  return pair;
}

function inPiecesOf(length: number, bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * length, (i + 1) * length));
}

/** Where in the movie each frame that came is, by its pixels' bytes. */
function numbersOf(pair: StandardPair, whole: readonly Uint8Array[]): number[] {
  const known = new Map(whole.map((jpeg, number) => [jpeg.join(), number]));
  return pair.jpegs.map((jpeg) => known.get(jpeg.join()) ?? -1);
}

/** The frames as they come out of RFC 2435, which makes their headers anew. */
const ARRIVED = played({ wishes: { transport: "tcp" } }).jpegs;
const ALL = MOVIE.map((_, i) => i);

for (const transport of ["udp", "tcp"] as const) {
  Deno.test(`standard client and server play a movie through over ${transport}`, () => {
    const pair = played({ wishes: { transport } });
    assertEquals(numbersOf(pair, ARRIVED), ALL);
    assertEquals(pair.frames.map(({ number }) => number), ALL.map((i) => i + 1));
    const { outcome, sentence, summary } = pair.run();
    assertEquals([outcome, sentence], [
      "played",
      "Played 40 frames of movie.Mjpeg from localhost:8554",
    ]);
    const { packets, frames, framesPerSecond, playingSeconds, transport: way } = summary;
    assertEquals([packets.lost, packets.duplicate, packets.late, packets.reordered], [0, 0, 0, 0]);
    assertEquals(packets.received, packets.expected);
    assertEquals(frames, { whole: 40, broken: 0, brokenBy: {} });
    assertAlmostEquals(framesPerSecond ?? 0, 20, 0.1);
    assertAlmostEquals(playingSeconds, 2, 0.01);
    assertEquals(way, { protocol: transport, reason: "it was asked for" });
    assertEquals(pair.methods, [...SETUP_METHODS, "PLAY", "TEARDOWN"]);
    assertEquals(pair.logged("warning"), []);
    assertEquals([pair.server.machine.sessions.size, pair.movie.leased], [0, 0]);
  });

  Deno.test(`frames over ${transport} know their place in the movie and the server's clock`, () => {
    const pair = played({ wishes: { transport } });
    pair.frames.forEach(({ positionSeconds }, i) =>
      assertAlmostEquals(positionSeconds ?? -1, i / 20, 1e-4)
    );
    for (const { ntpUnixMs = 0, arrivalMs } of pair.frames.slice(1)) {
      assertAlmostEquals(ntpUnixMs - TEST_EPOCH_MS, arrivalMs, 5);
    }
  });

  Deno.test(`the server's BYE ends the play over ${transport} at once`, () => {
    const pair = played({ wishes: { transport } });
    const lastMs = pair.frames.at(-1)?.arrivalMs ?? 0;
    assert(pair.nowMs - lastMs < 600, `${pair.nowMs - lastMs} ms after the last frame`);
    assertEquals(pair.outputs.filter(({ kind }) => kind === "endOfStream").length, 1);
  });
}

Deno.test("standard client and server understand each other in every cut, over TCP", () => {
  const frames = MOVIE.slice(0, 2);
  for (let place = 0; place < 340; place += 3) {
    const cut = (message: Uint8Array) => {
      if (place === 0) return inPiecesOf(message.length < 600 ? 1 : 13, message);
      return [message.subarray(0, place), message.subarray(place)].filter(({ length }) =>
        length > 0
      );
    };
    const pair = new StandardPair({ frames, cut, wishes: { transport: "tcp" } });
    assertEquals(pair.run().outcome, "played", `cut at ${place}`);
    assertEquals(numbersOf(pair, ARRIVED), [0, 1], `cut at ${place}`);
    assertEquals(pair.logged("warning"), []);
  }
});

Deno.test("the client goes over to TCP when UDP brings nothing for 3 s, and says why", () => {
  const pair = played({ blocksUdp: true });
  assertEquals(numbersOf(pair, ARRIVED), ALL);
  const { outcome, summary } = pair.run();
  assertEquals([outcome, summary.frames.whole, summary.transport], [
    "played",
    40,
    { protocol: "tcp", reason: "no packet came over UDP within 3 s" },
  ]);
  assertEquals(
    pair.methods,
    [...SETUP_METHODS, "PLAY", "TEARDOWN", "SETUP", "PLAY", "TEARDOWN"],
  );
  assert(pair.logged("info").includes("Goes over to TCP: no packet came over UDP within 3 s"));
  const [first] = pair.frames;
  assert(first !== undefined && first.arrivalMs > 3000 && first.arrivalMs < 3200);
  assertEquals(pair.server.machine.sessions.size, 0);
});

Deno.test("the client does not leave UDP when it was told to use it", () => {
  const { outcome, sentence } = played({ blocksUdp: true, wishes: { transport: "udp" } }).run();
  assertEquals([outcome, sentence], [
    "failed",
    "Cannot play movie.Mjpeg from localhost:8554: PLAY was answered 200 OK, but nothing came over " +
    "UDP within 10 s (does a firewall let UDP in? --transport tcp needs none)",
  ]);
});

Deno.test("the client goes over to TCP when the server answers UDP with 461", () => {
  const rewrite = (text: string) =>
    /server_port/.test(text)
      ? text.replace(/^RTSP\/1\.0 200 OK/, "RTSP/1.0 461 Unsupported transport")
        .replace(/\r\n(Session|Transport):[^\r]*/g, "")
      : text;
  const pair = played({ rewrite });
  const { summary } = pair.run();
  assertEquals(summary.frames.whole, 40);
  assertEquals(summary.transport, {
    protocol: "tcp",
    reason: "SETUP by UDP was answered 461 Unsupported transport",
  });
});

const IMPAIRMENTS = [
  ["loss", { loss: 0.05, seed: 3 }],
  ["duplication", { duplicate: 0.1, seed: 3 }],
  ["reordering", { reorder: 0.1, seed: 3 }],
  ["all of it", { loss: 0.02, duplicate: 0.05, reorder: 0.05, delayMs: 20, jitterMs: 10, seed: 9 }],
] as const;
for (const [name, impairment] of IMPAIRMENTS) {
  Deno.test(`a play with ${name} gives whole frames only, in order, each once`, () => {
    const pair = played({ impairment });
    const numbers = numbersOf(pair, ARRIVED);
    assertEquals(numbers, [...new Set(numbers)].toSorted((a, b) => a - b));
    assert(!numbers.includes(-1), "a frame came that is none of the movie's");
    const { packets, frames } = pair.run().summary;
    const { lost, duplicated } = pair.network.counts;
    assertEquals(frames.whole, numbers.length);
    assertEquals(packets.received, packets.expected - packets.lost + packets.duplicate);
    if (lost === 0) assertEquals([frames.whole, packets.lost], [40, 0]);
    else assert(packets.lost > 0 && packets.lost <= lost, `${packets.lost} of ${lost} lost`);
    assert(packets.duplicate <= duplicated);
  });
}

Deno.test("the server learns of the loss, the jitter and the round trip by our reports", () => {
  const pair = new StandardPair({
    frames: sampleJpegs(400),
    impairment: { loss: 0.1, seed: 5, delayMs: 20 },
  });
  pair.advance(15_000);
  const [session] = pair.server.machine.sessions.values();
  assert(session !== undefined && "reception" in session);
  const { fractionLost, roundTripMs } = session.reception as {
    fractionLost: number;
    roundTripMs: number;
  };
  assert(fractionLost > 0.01 && fractionLost < 0.4, `fraction lost ${fractionLost}`);
  assertAlmostEquals(roundTripMs, 20, 3);
  const { rtcp } = pair.runner.summary;
  assert(rtcp !== null && rtcp.sent >= 4 && rtcp.received >= 2);
  assertAlmostEquals(rtcp.fractionLost ?? 0, fractionLost, 0.4);
  assert((rtcp.cumulativeLost ?? 0) > 0);
});

Deno.test("hole punching opens the way through a NAT", () => {
  const pair = played({ natOffset: 7000, wishes: { transport: "udp" } });
  assertEquals(pair.run().summary.frames.whole, 40);
  assertEquals(pair.strays, 0);
});

Deno.test("a NAT that gives other ports in mid-play costs the frames until the next report", () => {
  const pair = new StandardPair({ frames: sampleJpegs(600), wishes: { transport: "udp" } });
  pair.advance(5_000);
  pair.natOffset = 300;
  const { outcome, summary } = pair.run();
  assertEquals(outcome, "played");
  assert(pair.strays > 0, "the server went on at once");
  assert(summary.frames.whole > 400 && summary.frames.whole < 600, `${summary.frames.whole}`);
});

Deno.test("the client keeps a paused session alive at half its timeout", () => {
  const steps: PlayStep[] = [
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 700 },
    { kind: "pause" },
    { kind: "wait", ms: 100_000 },
    { kind: "play" },
  ];
  for (const transport of ["udp", "tcp"] as const) {
    const pair = played({ plan: { steps }, wishes: { transport } });
    assertEquals(numbersOf(pair, ARRIVED), ALL);
    const { outcome, summary } = pair.run();
    assertEquals([outcome, summary.keepalives], ["played", 3]);
    assertEquals(pair.methods.filter((method) => method === "GET_PARAMETER").length, 3);
    assert(summary.roundTripMs !== null && summary.roundTripMs.min <= 3);
    assertAlmostEquals(summary.playingSeconds, 2, 0.1);
  }
});

Deno.test("the client keeps a session alive by OPTIONS where nothing else is offered", () => {
  const rewrite = (text: string) => text.replace(", GET_PARAMETER, SET_PARAMETER", "");
  const pair = new StandardPair({ frames: sampleJpegs(1400), rewrite });
  const { outcome, summary } = pair.run();
  assertEquals([outcome, summary.frames.whole, summary.keepalives], ["played", 1400, 2]);
  assertEquals(pair.methods.filter((method) => method === "OPTIONS").length, 3);
});

Deno.test("a session that the server has ended is a clear failure", () => {
  const pair = new StandardPair({
    frames: MOVIE,
    plan: { steps: [{ kind: "setup" }, { kind: "wait", ms: 20_000 }, { kind: "play" }] },
  });
  pair.advance(1000);
  for (const session of pair.server.machine.sessions.values()) {
    pair.server.do(pair.server.machine.endSession(session.id, "a test", at(pair.nowMs)));
  }
  const { outcome, sentence } = pair.run();
  assertEquals([outcome, sentence], [
    "refused",
    "Cannot play movie.Mjpeg from localhost:8554: PLAY was answered 454 Session Not Found",
  ]);
});

Deno.test("the client plays a part of the movie, at another scale and speed", () => {
  const part = played({ wishes: { startSeconds: 0.5, endSeconds: 1 } });
  assertEquals(numbersOf(part, ARRIVED), ALL.slice(10, 20));
  assertEquals(part.requests[3]?.includes("Range: npt=0.5-1\r\n"), true);
  assertAlmostEquals(part.frames[0]?.positionSeconds ?? -1, 0.5, 1e-6);
  const fast = played({ wishes: { scale: 2 } });
  assertEquals(numbersOf(fast, ARRIVED), ALL.filter((i) => i % 2 === 0));
  assertAlmostEquals(fast.frames.at(-1)?.positionSeconds ?? -1, 1.9, 1e-3);
  const back = played({ wishes: { scale: -1, startSeconds: 1, endSeconds: 0.5 } });
  const numbers = numbersOf(back, ARRIVED);
  assertEquals(numbers, numbers.toSorted((a, b) => b - a));
  assert(numbers.length >= 9 && numbers.length <= 11, numbers.join());
  const quick = played({ wishes: { speed: 2 } });
  assertEquals(numbersOf(quick, ARRIVED), ALL);
  assertAlmostEquals(quick.run().summary.playingSeconds, 1, 0.05);
});

Deno.test("the client seeks while it plays and while it is paused", () => {
  const steps: PlayStep[] = [
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 230 },
    { kind: "seek", seconds: 1 },
    { kind: "wait", ms: 230 },
    { kind: "pause" },
    { kind: "seek", seconds: 1.75 },
    { kind: "play" },
  ];
  for (const transport of ["udp", "tcp"] as const) {
    const pair = played({ plan: { steps }, wishes: { transport } });
    const numbers = numbersOf(pair, ARRIVED);
    assertEquals(numbers.slice(-5), [35, 36, 37, 38, 39]);
    assert(numbers.includes(20) && !numbers.includes(10) && !numbers.includes(30), numbers.join());
    pair.frames.forEach(({ positionSeconds }, i) =>
      assertAlmostEquals(positionSeconds ?? -1, (numbers[i] ?? 0) / 20, 0.01)
    );
    assertEquals(pair.run().summary.packets.lost, 0);
  }
});

Deno.test("a movie that was played to its end plays again from its start", () => {
  const steps: PlayStep[] = [
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 3000 },
    { kind: "play" },
  ];
  const pair = played({ plan: { steps } });
  assertEquals(numbersOf(pair, ARRIVED), [...ALL, ...ALL]);
  assertEquals(pair.run().summary.packets.lost, 0);
});

Deno.test("the client makes another connection when its own breaks, as media goes on by UDP", () => {
  const pair = new StandardPair({ frames: MOVIE, wishes: { transport: "udp" } });
  pair.advance(700);
  pair.breakConnection();
  assertEquals(pair.run().outcome, "played");
  assertEquals(numbersOf(pair, ARRIVED), ALL);
  assertEquals(pair.logged("warning"), [
    "The RTSP connection is gone (the server closed the connection): another one is made",
  ]);
});

Deno.test("a server that is gone ends the play, with the frames so far counted", () => {
  for (const transport of ["udp", "tcp"] as const) {
    const pair = new StandardPair({ frames: MOVIE, wishes: { transport } });
    pair.advance(700);
    pair.isServerUp = false;
    pair.breakConnection();
    const { outcome, sentence, summary } = pair.run();
    assertEquals(outcome, "failed");
    const why = transport === "udp"
      ? "nobody listens there"
      : `the server closed the connection after ${summary.frames.whole} frames`;
    assertEquals(sentence, `Cannot go on playing movie.Mjpeg from localhost:8554: ${why}`);
    assert(summary.frames.whole > 10);
  }
});

Deno.test("a signal tears the session down whatever is under way", () => {
  for (let ms = 0; ms < 60; ms++) {
    const pair = new StandardPair({ frames: MOVIE });
    pair.advance(ms);
    pair.stop();
    pair.run();
    pair.server.advance(100);
    assertEquals(pair.server.machine.sessions.size, 0, `stopped after ${ms} ms`);
    assert(pair.nowMs - ms <= 1000, `it took ${pair.nowMs - ms} ms`);
  }
});

Deno.test("a movie that is not there, or cannot be carried, is refused in the server's words", () => {
  const missing = new StandardPair({ frames: MOVIE, url: "rtsp://localhost:8554/other" }).run();
  assertEquals([missing.outcome, missing.sentence.replace(/ \(.*/, "")], [
    "refused",
    "Cannot play other from localhost:8554: DESCRIBE was answered 404 Not Found",
  ]);
  const broken = new StandardPair({ frames: [Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)] }).run();
  assertEquals(broken.outcome, "refused");
  assert(
    /DESCRIBE was answered 415 Unsupported Media Type \(.+\)$/.test(broken.sentence),
    broken.sentence,
  );
});
