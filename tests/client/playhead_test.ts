import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { PlayStep } from "../../lib/client/play_plan.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { StandardPair, type StandardPairOptions } from "../support/standard_pair.ts";
import { StandardClientBench } from "./standard_client_bench.ts";
import { at } from "../support/now.ts";

/** Four seconds. */
const MOVIE = sampleJpegs(80, 384, 288);

const BEGIN: readonly PlayStep[] = [{ kind: "setup" }, { kind: "play" }, {
  kind: "wait",
  ms: 1000,
}];

function pairWith(
  steps: readonly PlayStep[],
  options: Partial<StandardPairOptions> = {},
): StandardPair {
  const wishes = { transport: "tcp", ...options.wishes } as const;
  return new StandardPair({ frames: MOVIE, plan: { steps }, ...options, wishes });
}

/** The places of frames, as numbers of frames of the movie; those after a PLAY, from 0. */
function placesAfter(pair: StandardPair, play: number): number[] {
  const places = pair.frames.map(({ positionSeconds = -1 }) => Math.round(positionSeconds * 20));
  const starts = pair.frames.flatMap(({ rtpTimestamp, positionSeconds = -1 }, i, all) => {
    const before = all[i - 1];
    if (before === undefined) return [0];
    const media = (positionSeconds - (before.positionSeconds ?? -1)) * 90_000;
    return Math.abs(media - (rtpTimestamp - before.rtpTimestamp)) > 1 && all[i + 1] !== undefined
      ? [i]
      : [];
  });
  return places.slice(starts[play] ?? 0);
}

/** What each PLAY asked for beside its fixed headers. */
function asked(pair: StandardPair): (readonly (string | undefined)[])[] {
  return pair.requests.filter((request) => request.startsWith("PLAY ")).map((request) =>
    ["Range", "Scale"].map((name) => new RegExp(`^${name}: (.*)\r$`, "m").exec(request)?.[1])
  );
}

Deno.test("a scale while it plays goes on from there, twice as fast by the RTP clock", () => {
  const pair = pairWith([...BEGIN, { kind: "scale", scale: 2 }]);
  assertEquals(pair.run().outcome, "played");
  assertEquals(asked(pair), [[undefined, undefined], [undefined, "2"]]);
  const fast = placesAfter(pair, 1);
  assert(fast.length > 20, fast.join());
  for (const [i, place] of fast.slice(1).entries()) assertEquals(place - (fast[i] ?? 0), 2);
  const [first, last] = [pair.frames.at(-fast.length), pair.frames.at(-1)];
  const ticks = (last?.rtpTimestamp ?? 0) - (first?.rtpTimestamp ?? 0);
  const seconds = (last?.positionSeconds ?? 0) - (first?.positionSeconds ?? 0);
  assertAlmostEquals(seconds, 2 * ticks / 90_000, 0.001);
  assertEquals(pair.logged("warning"), []);
  assertEquals(pair.runner.figures.scale, { wanted: 2, asked: 2, used: 2 });
});

Deno.test("a scale below 0 plays backwards from there to the beginning", () => {
  const pair = pairWith([...BEGIN, { kind: "scale", scale: -1 }], { wishes: { endSeconds: 3 } });
  assertEquals(pair.run().outcome, "played");
  const places = pair.frames.map(({ positionSeconds = -1 }) => positionSeconds * 20);
  const turn = places.indexOf(Math.max(...places));
  const back = places.slice(turn + 1);
  assertEquals(back, back.toSorted((a, b) => b - a));
  assertAlmostEquals(back.at(-1) ?? -1, 0, 1.01);
  assertEquals(pair.outputs.filter(({ kind }) => kind === "endOfStream").length, 1);
});

Deno.test("a scale while it is paused is asked for with the next PLAY, and 1 undoes it", () => {
  const pair = pairWith([
    ...BEGIN,
    { kind: "pause" },
    { kind: "scale", scale: 0.5 },
    { kind: "play" },
    { kind: "wait", ms: 500 },
    { kind: "scale", scale: 1 },
  ]);
  assertEquals(pair.run().outcome, "played");
  const scales = asked(pair).map(([, scale]) => scale);
  assertEquals(scales, [undefined, "0.5", "1"]);
  assertEquals(pair.runner.figures.scale, { wanted: 1, asked: 1, used: 1 });
});

Deno.test("a scale before the first PLAY begins backwards at the end", () => {
  const pair = pairWith([{ kind: "setup" }, { kind: "scale", scale: -1 }, { kind: "play" }]);
  assertEquals(pair.run().outcome, "played");
  assertEquals(asked(pair), [["npt=4-", "-1"]]);
  assert((pair.frames[0]?.positionSeconds ?? 0) > 3.9);
});

Deno.test("a server that does not know Scale is not asked again, and the figures say so", () => {
  const pair = pairWith([...BEGIN, { kind: "scale", scale: 2 }, { kind: "pause" }, {
    kind: "play",
  }], { rewrite: (text) => text.replace(/^Scale: .*\r\n/m, "") });
  pair.run();
  assertEquals(asked(pair).map(([, scale]) => scale), [undefined, "2", undefined]);
  assertEquals(pair.logged("warning"), ["Scale 2 was asked for, the server says nothing of it"]);
});

Deno.test("a scale that the server brings nearer to what it can is kept as it is played", () => {
  const pair = pairWith([...BEGIN, { kind: "scale", scale: 100 }]);
  pair.run();
  assertEquals(pair.runner.figures.scale, { wanted: 8, asked: 100, used: 8 });
});

Deno.test("a pace or place that is refused is forgotten: PLAY goes on as before", () => {
  for (const command of [{ kind: "scale", scale: 2 }, { kind: "seek", seconds: 99 }] as const) {
    const bench = StandardClientBench.in("playing");
    bench.take(bench.machine.command(command, at(bench.nowMs)));
    bench.answer("200 OK", ["Session: abcdefgh", "Range: npt=1-"]);
    assertEquals(bench.header(command.kind === "scale" ? "Scale" : "Range") !== undefined, true);
    bench.answer("457 Invalid Range", ["Session: abcdefgh"]);
    assertEquals([bench.machine.state, bench.failures.length], ["ready", 1]);
    assertEquals(bench.machine.figures.scale?.used, 1);
    bench.play();
    assertEquals([bench.machine.state, bench.header("Scale"), bench.header("Range")], [
      "playing",
      undefined,
      undefined,
    ]);
  }
});

Deno.test("a play that is set up again keeps the pace that was asked for", () => {
  const pair = pairWith([...BEGIN, { kind: "scale", scale: 0.5 }], { reconnects: true });
  pair.advance(2000);
  pair.isServerUp = false;
  pair.breakConnection();
  pair.advance(100);
  pair.isServerUp = true;
  assertEquals(pair.run().outcome, "played");
  assertEquals(asked(pair).at(-1)?.[1], "0.5");
  assertEquals(pair.run().summary.reconnects, 1);
});

Deno.test("a teardown goes back to the beginning, DESCRIBE in mid-play does not", () => {
  const pair = pairWith([
    ...BEGIN,
    { kind: "describe" },
    { kind: "pause" },
    { kind: "play" },
    { kind: "wait", ms: 200 },
    { kind: "teardown" },
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 200 },
    { kind: "quit" },
  ], { wishes: { startSeconds: 1 } });
  pair.run();
  assertEquals(asked(pair).map(([range]) => range), ["npt=1-", undefined, "npt=1-"]);
});

Deno.test("the figures name the movie, without an end where it is live", () => {
  const bench = StandardClientBench.in("ready");
  assertEquals(bench.machine.figures.movie, { startSeconds: 0 });
  const pair = pairWith(BEGIN);
  assertEquals(pair.runner.figures.movie, undefined);
  pair.advance(500);
  assertEquals(pair.runner.figures.movie, { startSeconds: 0, endSeconds: 4 });
});
