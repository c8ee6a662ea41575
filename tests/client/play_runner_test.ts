import { assertEquals } from "@std/assert";
import type { PlayPlan, PlayStep } from "../../lib/client/play_plan.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { MachinePair } from "../support/machine_pair.ts";

const MOVIE = fakeFrames(20);
const BY_KEYS = { steps: [], then: "wait", playSetsUp: false } as const;

function pairWith(plan: Partial<PlayPlan>, file = "movie.Mjpeg"): MachinePair {
  return new MachinePair({ frames: MOVIE, plan, file });
}

const methodsOf = (pair: MachinePair) => pair.requests.map((request) => request.split(" ")[0]);

/** The server takes a request for whole after 30 ms of silence: one more frame comes meanwhile. */
const SCRIPTS: readonly (readonly [string, readonly PlayStep[], readonly string[], number])[] = [
  [
    "tears down by itself",
    [{ kind: "setup" }, { kind: "play" }],
    ["SETUP", "PLAY", "TEARDOWN"],
    20,
  ],
  [
    "plays without SETUP",
    [{ kind: "play" }, { kind: "wait", ms: 220 }, { kind: "teardown" }],
    ["SETUP", "PLAY", "TEARDOWN"],
    6,
  ],
  [
    "stops and plays again",
    [
      { kind: "play" },
      { kind: "wait", ms: 120 },
      { kind: "stop" },
      { kind: "play" },
      { kind: "wait", ms: 120 },
      { kind: "stop" },
    ],
    ["SETUP", "PLAY", "TEARDOWN", "SETUP", "PLAY", "TEARDOWN"],
    8,
  ],
  [
    "quits in mid-play",
    [{ kind: "play" }, { kind: "wait", ms: 120 }, { kind: "quit" }, { kind: "pause" }],
    ["SETUP", "PLAY", "TEARDOWN"],
    3,
  ],
  [
    "ends with a pause",
    [{ kind: "play" }, { kind: "wait", ms: 120 }, { kind: "pause" }],
    ["SETUP", "PLAY", "PAUSE", "TEARDOWN"],
    4,
  ],
  ["asks without playing", [{ kind: "options" }, { kind: "describe" }], ["OPTIONS", "DESCRIBE"], 0],
  ["sets up and closes", [{ kind: "setup" }, { kind: "teardown" }], ["SETUP"], 0],
];
for (const [name, steps, methods, frames] of SCRIPTS) {
  Deno.test(`PlayRunner carries out a script that ${name}`, () => {
    const pair = pairWith({ steps });
    const { outcome, sentence } = pair.run();
    assertEquals([outcome, methodsOf(pair), pair.frames.length], ["played", methods, frames]);
    const many = `${frames} frame${frames === 1 ? "" : "s"}`;
    assertEquals(sentence, `Played ${many} of movie.Mjpeg from localhost:8554`);
  });
}

Deno.test("PlayRunner ends a script whose step the state does not allow", () => {
  const pair = pairWith({ steps: [{ kind: "setup" }, { kind: "pause" }, { kind: "play" }] });
  assertEquals([pair.run().outcome, pair.run().sentence], [
    "failed",
    "Cannot play movie.Mjpeg from localhost:8554: " +
    "the script's step pause is not possible in state READY",
  ]);
  assertEquals([methodsOf(pair), pair.machine.state], [["SETUP"], "init"]);
});

Deno.test("PlayRunner waits for its user after a failure, and remembers it", () => {
  const pair = pairWith(BY_KEYS, "none");
  pair.command({ kind: "setup" });
  pair.advance(100);
  assertEquals(pair.outputs.filter(({ kind }) => kind === "failure").length, 1);
  assertEquals(pair.result, undefined);
  pair.command({ kind: "quit" });
  const { outcome, sentence } = pair.run();
  assertEquals([outcome, sentence], [
    "refused",
    "Cannot play none from localhost:8554: SETUP was answered 404 Not Found",
  ]);
});

Deno.test("PlayRunner is content when its user quits without a play", () => {
  const pair = pairWith(BY_KEYS);
  pair.command({ kind: "quit" });
  assertEquals(pair.run().outcome, "played");
});

Deno.test("PlayRunner does not end while its user pauses", () => {
  const pair = pairWith({});
  pair.advance(400);
  pair.command({ kind: "pause" });
  pair.advance(60_000);
  assertEquals(pair.result, undefined);
  pair.command({ kind: "play" });
  pair.run();
  assertEquals(pair.jpegs, MOVIE);
});

Deno.test("PlayRunner ends when its user tears down", () => {
  const pair = pairWith({});
  pair.advance(400);
  pair.command({ kind: "teardown" });
  assertEquals([pair.run().outcome, methodsOf(pair).at(-1)], ["played", "TEARDOWN"]);
});

Deno.test("PlayRunner fails when no frame came in the time it was given", () => {
  const pair = new MachinePair({
    frames: MOVIE,
    plan: { durationMs: 300 },
    impairment: { loss: 1, seed: 1 },
  });
  const { outcome, sentence } = pair.run();
  assertEquals([outcome, sentence], [
    "failed",
    "Cannot play movie.Mjpeg from localhost:8554: no frame came within 0.3 s",
  ]);
  assertEquals(methodsOf(pair).at(-1), "TEARDOWN");
});

Deno.test("PlayRunner fails when packets came, but no frame in them", () => {
  const pair = new MachinePair({ frames: MOVIE.map(() => new Uint8Array(50)) });
  assertEquals(
    pair.run().sentence,
    "Cannot play movie.Mjpeg from localhost:8554: 20 packets came, but not one whole JPEG in them",
  );
});

Deno.test("PlayRunner fixes the figures when it decides to end", () => {
  const pair = pairWith({ frames: 5 });
  const { summary } = pair.run();
  assertEquals([summary.frames.whole, summary.packets.received, pair.frames.length], [5, 5, 5]);
  assertEquals(pair.runner.summary, summary);
});
