import { assert, assertEquals, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { runClient, RunningProgram } from "../support/programs.ts";
import { OWN_FRAMES } from "./movies.ts";
import type { Statistics } from "./play.ts";

const FIELDS = [
  ...["version", "product", "source", "dialect", "outcome", "sentence", "frames", "packets"],
  ...["payloadBytes", "dataRateBitsPerSecond", "framesPerSecond", "jitterMs", "jitterBasis"],
  ...["gapsMs", "firstFrameMs", "playingSeconds", "durationSeconds", "perSecond"],
];

Deno.test("--stats - prints the JSON alone on standard output, the text on standard error", async () => {
  await using server = await RunningProgram.server(["--fps", "50"]);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { code, stdout, stderr } = await runClient([url, "--frames", "60", "--stats", "-"]);
  assertEquals(code, 0);
  const statistics: Statistics & Record<string, unknown> = JSON.parse(stdout);
  assertEquals(Object.keys(statistics).sort(), FIELDS.toSorted());
  const payloadBytes = OWN_FRAMES.slice(0, 60).reduce((sum, frame) => sum + frame.length, 0);
  assertEquals(statistics.version, 1);
  assertEquals(statistics.product, `Zoetrope/${config.version}`);
  assertEquals(statistics.source, { host: "127.0.0.1", port: server.port, file: "movie.Mjpeg" });
  assertEquals(statistics.payloadBytes, payloadBytes);
  assertEquals(statistics.frames, { whole: 60, broken: 0, notWritten: null });
  assert(Math.abs(statistics.playingSeconds - 1.2) < 0.1, `played ${statistics.playingSeconds} s`);
  assertMatch(stderr, /^Played 60 frames of movie\.Mjpeg from /m);
  assertMatch(stderr, /^Frames: +60 whole, 0 broken$/m);
});

Deno.test("--stats FILE and --quiet: the JSON in the file, and not a word elsewhere", async () => {
  const file = await Deno.makeTempFile({ prefix: "zoetrope-statistics-", suffix: ".json" });
  try {
    await using server = await RunningProgram.server(["--fps", "100"]);
    const args = ["127.0.0.1", String(server.port), "0", "movie.Mjpeg", "--frames", "5"];
    const finished = await runClient([...args, "--stats", file, "--quiet"]);
    assertEquals(finished, { code: 0, stdout: "", stderr: "" });
    const statistics: Statistics = JSON.parse(await Deno.readTextFile(file));
    assertEquals([statistics.outcome, statistics.frames.whole], ["played", 5]);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("--stats tells of a refusal as well", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/none`;
  const { code, stdout, stderr } = await runClient([url, "--stats", "-", "--quiet"]);
  assertEquals(code, 3);
  const { outcome, sentence, frames }: Statistics = JSON.parse(stdout);
  assertEquals([outcome, frames.whole], ["refused", 0]);
  assertEquals(stderr, `zoetrope-client: ${sentence}\n`);
});
