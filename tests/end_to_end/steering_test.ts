import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames, play } from "./play.ts";
import { requestsIn } from "./requests_in.ts";

const FPS = ["--fps", "100"];

Deno.test("a pause of a second loses and repeats no frame", async () => {
  await using server = await RunningProgram.server(FPS);
  const script = "setup play wait:0.5 pause wait:1 play";
  const played = await play([...labForm(server), "--script", script, "--frames", "120"]);
  assertEquals(played.code, 0, played.stderr);
  assertSameFrames(played.frames, OWN_FRAMES.slice(0, 120));
  const { packets, playingSeconds, durationSeconds } = played.statistics;
  assertEquals([packets.lost, packets.duplicate], [0, 0]);
  const paused = durationSeconds - playingSeconds;
  assert(paused > 0.9 && paused < 1.5, `paused for ${paused} s`);
  const { stderr } = await server.stop();
  assertEquals(requestsIn(stderr), ["SETUP", "PLAY", "PAUSE", "PLAY", "TEARDOWN"]);
  const [, before] = /PAUSE movie\.Mjpeg: 200 OK, before frame (\d+)/.exec(stderr) ?? [];
  assertStringIncludes(stderr, `PLAY movie.Mjpeg: 200 OK, from frame ${before}\n`);
});

Deno.test("--script plays, sets up again and begins anew", async () => {
  await using server = await RunningProgram.server(FPS);
  const steps = ["setup", "play", "wait:0.2", "teardown", "play", "wait:0.2", "teardown"];
  const { code, stderr } = await runClient([...labForm(server), "--script", steps.join(" ")]);
  assertEquals(code, 0, stderr);
  const log = (await server.stop()).stderr;
  const once = ["SETUP", "PLAY", "TEARDOWN"];
  assertEquals(requestsIn(log), [...once, ...once]);
  assertEquals(log.match(/PLAY movie\.Mjpeg: 200 OK, from frame 1\n/g)?.length, 2);
});

Deno.test("--script seeks and changes the pace; the lab dialect knows neither", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const script = "setup play wait:0.3 seek:10 wait:0.3 scale:4 wait:0.3 teardown";
  const { code, stderr } = await runClient([url, "--trace", "--script", script]);
  assertEquals(code, 0, stderr);
  assertEquals(stderr.match(/^C: (PLAY|PAUSE|Range|Scale)(?=[: ])/gm), [
    ...["C: PLAY", "C: PAUSE", "C: PLAY", "C: Range"],
    ...["C: PAUSE", "C: PLAY", "C: Scale"],
  ]);
  assertMatch(stderr, /^S: Scale: 4$/m);
  const lab = await runClient([...labForm(server), "--script", "setup play scale:2"]);
  assertEquals(lab.code, 1);
  assertMatch(lab.stderr, /the script's step scale is not possible in state PLAYING/);
});

Deno.test("--script describes: a session description on standard output", async () => {
  await using server = await RunningProgram.server();
  const { code, stdout } = await runClient([...labForm(server), "--script", "describe options"]);
  assertEquals(code, 0);
  assertMatch(stdout, /^v=0\r?\no=- /);
  assertMatch(stdout, /\nm=video 0 RTP\/AVP 26\r?\n/);
});

Deno.test("--script ends with exit code 1 at a step that the state does not allow", async () => {
  await using server = await RunningProgram.server();
  const { code, stderr } = await runClient([...labForm(server), "--script", "pause", "--quiet"]);
  assertEquals(code, 1);
  assertMatch(stderr, /^zoetrope-client: .*pause.*\n$/i);
});

Deno.test("SIGINT sends TEARDOWN, and the client tells what it played", async () => {
  await using server = await RunningProgram.server();
  const client = RunningProgram.client([...labForm(server)]);
  await server.says("stderr", /PLAY movie\.Mjpeg: 200 OK/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { code, stdout } = await client.stop("SIGINT");
  assertEquals(code, 0);
  assertMatch(stdout, /^Played [1-9]\d* frames of movie\.Mjpeg from /);
  const log = (await server.stop()).stderr;
  assertEquals(requestsIn(log), ["SETUP", "PLAY", "TEARDOWN"]);
});

Deno.test("SIGINT ends the client within a second if TEARDOWN is not answered", async () => {
  await using server = await RunningProgram.server();
  const client = RunningProgram.client([...labForm(server)]);
  await client.says("stderr", /State: PLAYING/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.signal("SIGSTOP");
  const before = performance.now();
  const { code } = await client.stop("SIGINT");
  const tookMs = performance.now() - before;
  server.signal("SIGCONT");
  assertEquals(code, 0);
  assert(tookMs > 900 && tookMs < 2000, `it took ${tookMs} ms`);
});

Deno.test("--frames and --duration end the play, and tear it down", async () => {
  await using server = await RunningProgram.server(FPS);
  const frames = await play([...labForm(server), "--frames", "7"]);
  assertSameFrames(frames.frames, OWN_FRAMES.slice(0, 7));
  const duration = await play([...labForm(server), "--duration", "500ms"]);
  assertSameFrames(duration.frames, OWN_FRAMES.slice(0, duration.frames.length));
  const count = duration.frames.length;
  assert(count >= 45 && count <= 55, `${count} frames in 500 ms`);
  const log = (await server.stop()).stderr;
  assertEquals(log.match(/TEARDOWN movie\.Mjpeg: 200 OK/g)?.length, 2);
});

Deno.test("--trace shows each message on both sides", async () => {
  await using server = await RunningProgram.server([...FPS, "--trace"]);
  const { stderr } = await runClient([...labForm(server), "--frames", "3", "--trace"]);
  const lines = stderr.split("\n").filter((line) => /^[CS]: /.test(line));
  const [, session = ""] = /S: Session: (\d+)/.exec(stderr) ?? [];
  const [, port = ""] = /client_port= (\d+)/.exec(stderr) ?? [];
  const reply = (
    cseq: number,
  ) => ["S: RTSP/1.0 200 OK", `S: CSeq: ${cseq}`, `S: Session: ${session}`];
  assertEquals(lines, [
    ...["C: SETUP movie.Mjpeg RTSP/1.0", "C: CSeq: 1"],
    ...[`C: Transport: RTP/UDP; client_port= ${port}`, ...reply(1)],
    ...["C: PLAY movie.Mjpeg RTSP/1.0", "C: CSeq: 2", `C: Session: ${session}`, ...reply(2)],
    ...["C: TEARDOWN movie.Mjpeg RTSP/1.0", "C: CSeq: 3", `C: Session: ${session}`, ...reply(3)],
  ]);
  const log = (await server.stop()).stderr;
  for (const line of lines) assertStringIncludes(log, line.slice("C: ".length));
});
