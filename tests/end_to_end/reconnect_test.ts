import { assert, assertEquals, assertMatch } from "@std/assert";
import { runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { readFrames } from "./play.ts";

const FORMS = [
  ["lab", (server: { port: number }) => labForm(server), []],
  ["udp", urlOf, ["--transport", "udp"]],
  ["tcp", urlOf, ["--transport", "tcp"]],
] as const;

function urlOf({ port }: { port: number }): string[] {
  return [`rtsp://127.0.0.1:${port}/movie.Mjpeg`];
}

/** A server in the place of one that was killed. */
async function restarted(port: number): Promise<RunningProgram> {
  const server = RunningProgram.startServer([String(port)]);
  await server.says("stdout", /rtsps?:\/\//);
  return server;
}

/** How long an AVI is, in seconds: `dwMicroSecPerFrame` and `dwTotalFrames` of its main header. */
async function lengthOf(path: string): Promise<number> {
  const bytes = await Deno.readFile(path);
  const view = new DataView(bytes.buffer);
  return view.getUint32(32, true) * view.getUint32(48, true) / 1e6;
}

for (const [name, form, options] of FORMS) {
  Deno.test(`--reconnect goes on with a server that was killed and started again (${name})`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "zoetrope-reconnect-" });
    try {
      await using server = await RunningProgram.server();
      await using client = RunningProgram.client([
        ...form(server),
        ...options,
        ...["--reconnect", "--frames", "40", "--dump", `${folder}/frames`],
        ...["--record", `${folder}/all.avi`, "--stats", `${folder}/statistics.json`],
      ]);
      await server.says("stderr", /PLAY \S*movie\.Mjpeg\S*: 200 OK/);
      await new Promise((resolve) => setTimeout(resolve, 600));
      await server.stop("SIGKILL");
      await client.says("stderr", /tried again in 1 s/);
      await using second = await restarted(server.port);
      const { code, stderr } = await client.finished();
      assertEquals(code, 0, stderr);
      assertMatch(stderr, /Cannot go on playing .*: tried again in 0\.5 s\n/);
      assertMatch(stderr, /Playing again, \d+\.\d s after the failure\n/);
      assertMatch(second.stderr, /PLAY \S*movie\.Mjpeg\S*: 200 OK/);
      const statistics = JSON.parse(await Deno.readTextFile(`${folder}/statistics.json`));
      const { outcome, reconnects, frames, packets, durationSeconds, playingSeconds } = statistics;
      assertEquals([outcome, reconnects, frames.whole, packets.lost], ["played", 1, 40, 0]);
      assert(durationSeconds > playingSeconds + 1, `${durationSeconds} s, ${playingSeconds} s`);
      assertEquals((await readFrames(`${folder}/frames`)).length, 40);
      const seconds = await lengthOf(`${folder}/all.avi`);
      assert(Math.abs(seconds - durationSeconds) < 0.2, `${seconds} s, of ${durationSeconds} s`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("--reconnect ends at once where the first attempt is refused, or nobody listens", async () => {
  const server = await RunningProgram.server();
  const refused = await runClient([...labForm(server, "nothing.Mjpeg"), "--reconnect"]);
  assertEquals(refused.code, 3);
  assertMatch(refused.stderr, /SETUP was answered 404 Not Found\n$/);
  await server.stop();
  const nobody = await runClient([...urlOf(server), "--reconnect"]);
  assertEquals(nobody.code, 1);
  assertMatch(nobody.stderr, /nobody listens there \(connection refused\)\n$/);
});

Deno.test("--reconnect ends with --duration while the server is gone", async () => {
  await using server = await RunningProgram.server();
  await using client = RunningProgram.client([...urlOf(server), "--reconnect", "--duration", "3"]);
  await server.says("stderr", /PLAY \S*movie\.Mjpeg\S*: 200 OK/);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await server.stop("SIGKILL");
  const { code, stdout, stderr } = await client.finished();
  assertEquals(code, 0, stderr);
  assertMatch(stdout, /^Played \d+ frames? of movie\.Mjpeg from /);
  assert(!stderr.includes("TEARDOWN was not answered"), stderr);
});
