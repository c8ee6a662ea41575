import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { labMovieFile } from "../support/lab_movie.ts";
import { runClient, RunningProgram, runServer } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames, readFrames } from "./play.ts";

Deno.test("a missing file is refused: exit code 3, one sentence with all of it", async () => {
  await using server = await RunningProgram.server();
  const { code, stdout, stderr } = await runClient(labForm(server, "nothing.Mjpeg"));
  assertEquals([code, stdout], [3, ""]);
  assertEquals(
    stderr,
    `zoetrope-client: Cannot play nothing.Mjpeg from 127.0.0.1:${server.port}: ` +
      "SETUP was answered 404 Not Found\n",
  );
  const log = (await server.stop()).stderr;
  assertMatch(log, /warning 127\.0\.0\.1:\d+ SETUP nothing\.Mjpeg: 404 Not Found, Cannot open /);
});

for (const [signal, death] of [["SIGKILL", "killed"], ["SIGTERM", "stopped"]] as const) {
  Deno.test(`a server that is ${death} in mid-play: exit code 1, frames kept, one sentence`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "zoetrope-killed-" });
    await using server = await RunningProgram.server();
    const client = RunningProgram.client([
      ...labForm(server, "movie.Mjpeg"),
      ...["--dump", folder, "--quiet"],
    ]);
    await server.says("stderr", /PLAY movie\.Mjpeg: 200 OK/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.stop(signal);
    const { code, stderr } = await client.finished();
    assertEquals(code, 1);
    assertMatch(
      stderr,
      new RegExp(
        `^zoetrope-client: Cannot go on playing movie\\.Mjpeg from 127\\.0\\.0\\.1:${server.port}: ` +
          "the server (?:closed the connection|broke the connection off) after \\d+ frames\n$",
      ),
    );
    const frames = await readFrames(folder);
    await Deno.remove(folder, { recursive: true });
    assert(frames.length >= 5 && frames.length <= 20, `${frames.length} frames`);
    assertSameFrames(frames, OWN_FRAMES.slice(0, frames.length));
  });
}

Deno.test("nobody listens: exit code 1, one sentence with the address", async () => {
  const server = await RunningProgram.server();
  await server.stop();
  const { code, stderr } = await runClient(labForm(server, "movie.Mjpeg"));
  assertEquals([code, stderr], [
    1,
    `zoetrope-client: Cannot play movie.Mjpeg from 127.0.0.1:${server.port}: ` +
    "nobody listens there (connection refused)\n",
  ]);
});

Deno.test("the server's port is taken: exit code 1, one sentence with the port", async () => {
  await using server = await RunningProgram.server();
  const { code, stderr } = await runServer([String(server.port)]);
  assertEquals(code, 1);
  assertMatch(stderr, new RegExp(`^zoetrope-server: .*${server.port}.*\n$`));
});

Deno.test("a media folder that is not there: exit code 1, one sentence with its name", async () => {
  const { code, stdout, stderr } = await runServer(["0", "--media", "/no/such/folder"]);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /^zoetrope-server: Cannot serve movies from "\/no\/such\/folder": .*\n$/);
});

Deno.test("broken framing is told at SETUP with offset, found and wanted; what is whole plays", async () => {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-broken-" });
  try {
    const file = labMovieFile(OWN_FRAMES.slice(0, 3));
    const second = 5 + (OWN_FRAMES[0]?.length ?? 0);
    const damaged = (offset: number) => {
      const copy = file.slice();
      copy.set(new TextEncoder().encode("0000a"), offset);
      return copy;
    };
    await Deno.writeFile(`${folder}/first.Mjpeg`, damaged(0));
    await Deno.writeFile(`${folder}/second.Mjpeg`, damaged(second));
    await using server = await RunningProgram.server(["--media", folder]);
    const first = await runClient([...labForm(server, "first.Mjpeg"), "--quiet"]);
    assertEquals(first.code, 3);
    assertStringIncludes(first.stderr, "SETUP was answered 415 Unsupported Media Type");
    const frames = `${folder}/frames`;
    const args = [...labForm(server, "second.Mjpeg"), "--frames", "1", "--dump", frames];
    assertEquals((await runClient(args)).code, 0);
    assertSameFrames(await readFrames(frames), OWN_FRAMES.slice(0, 1));
    const log = (await server.stop()).stderr;
    assertMatch(
      log,
      /warning .* SETUP first\.Mjpeg: 415 .*"first\.Mjpeg": it starts with bytes 30 30 30 30 61/,
    );
    const problem =
      `frame 2 at byte ${second}: found bytes 30 30 30 30 61 ff d8, wanted the length`;
    assertStringIncludes(log, problem);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
