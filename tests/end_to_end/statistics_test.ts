import { assert, assertEquals, assertMatch, assertObjectMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { STATISTICS_VERSION } from "../../lib/client/play_summary_json.ts";
import { runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import type { Statistics } from "./play.ts";

/** Fields that the JSON has in every dialect; it may have more. */
const FIELDS = [
  ...["version", "product", "source", "dialect", "outcome", "sentence", "frames", "packets"],
  ...["payloadBytes", "dataRateBitsPerSecond", "framesPerSecond", "jitterMs", "jitterBasis"],
  ...["gapsMs", "firstFrameMs", "playingSeconds", "durationSeconds", "perSecond"],
  ...["packetGapsMs", "samplingIntervalMs", "perSecondRange"],
];

Deno.test("--stats - prints the JSON alone on standard output, the text on standard error", async () => {
  await using server = await RunningProgram.server(["--fps", "50"]);
  const { code, stdout, stderr } = await runClient([
    ...labForm(server),
    "--frames",
    "60",
    "--stats",
    "-",
  ]);
  assertEquals(code, 0);
  const statistics: Statistics & Record<string, unknown> = JSON.parse(stdout);
  assertEquals(FIELDS.filter((field) => !(field in statistics)), []);
  const payloadBytes = OWN_FRAMES.slice(0, 60).reduce((sum, frame) => sum + frame.length, 0);
  assertEquals(statistics.version, STATISTICS_VERSION);
  assertEquals(statistics.product, `Zoetrope/${config.version}`);
  const { source } = statistics;
  assertObjectMatch({ source }, {
    source: { host: "127.0.0.1", port: server.port, file: "movie.Mjpeg" },
  });
  assertEquals(statistics.payloadBytes, payloadBytes);
  const frames = { whole: 60, broken: 0, notWritten: null };
  assertObjectMatch({ frames: statistics.frames }, { frames });
  assert(Math.abs(statistics.playingSeconds - 1.2) < 0.1, `played ${statistics.playingSeconds} s`);
  assertMatch(stderr, /^Played 60 frames of movie\.Mjpeg from /m);
  assertMatch(stderr, /^Frames: +60 whole, 0 broken$/m);
});

Deno.test("--stats FILE and --quiet: the JSON in the file, and not a word elsewhere", async () => {
  const file = await Deno.makeTempFile({ prefix: "zoetrope-statistics-", suffix: ".json" });
  try {
    await using server = await RunningProgram.server(["--fps", "100"]);
    const args = [...labForm(server), "--frames", "5"];
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
  const { code, stdout, stderr } = await runClient([
    ...labForm(server, "none"),
    "--stats",
    "-",
    "--quiet",
  ]);
  assertEquals(code, 3);
  const { outcome, sentence, frames }: Statistics = JSON.parse(stdout);
  assertEquals([outcome, frames.whole], ["refused", 0]);
  assertEquals(stderr, `zoetrope-client: ${sentence}\n`);
});
