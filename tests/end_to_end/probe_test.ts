import { assert, assertEquals, assertMatch } from "@std/assert";
import type { ProbeResult } from "../../lib/client/probe_result.ts";
import { digestSecret } from "../../lib/rtsp/digest.ts";
import { runClient, RunningProgram } from "../support/programs.ts";

Deno.test("probe tells what our server is and offers, as text", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { code, stdout, stderr } = await runClient(["probe", url]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, new RegExp(`^URL: +${url}\nAddress: +127\\.0\\.0\\.1:${server.port}\n`));
  assertMatch(stdout, /^Server: +Zoetrope\/\S+$/m);
  assertMatch(stdout, /^Methods: +.*DESCRIBE.*SETUP.*PLAY/m);
  assertMatch(stdout, /^Track 1: +video, JPEG\/90000 \(payload type 26\), .*20 frames a second/m);
  assertMatch(stdout, /^UDP: +accepted: .*client_port=\d+-\d+/m);
  assertMatch(stdout, /^TCP: +accepted: .*interleaved=0-1/m);
  for (const step of ["connect", "OPTIONS", "DESCRIBE", "SETUP UDP", "TEARDOWN TCP"]) {
    assertMatch(stdout, new RegExp(`^  ${step} +\\d+\\.\\d ms +\\d+\\.\\d ms`, "m"));
  }
  assertMatch(stdout, /^ {2}m=video 0 RTP\/AVP 26$/m);
});

Deno.test("probe tells the same as JSON", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { code, stdout } = await runClient(["probe", url, "--json"]);
  assertEquals(code, 0);
  const found: ProbeResult & { readonly version: number } = JSON.parse(stdout);
  assertEquals([found.version, found.url, found.problem], [1, url, null as unknown]);
  const [track] = found.tracks;
  assertEquals([track?.encoding, track?.payloadType], ["JPEG/90000", 26]);
  assertEquals([track?.framesPerSecond, track?.startSeconds, track?.endSeconds], [20, 0, 20]);
  assertEquals(found.transports.map(({ protocol, accepted }) => [protocol, accepted]), [
    ["udp", true],
    ["tcp", true],
  ]);
  const times = found.steps.map(({ atMs }) => atMs);
  assertEquals(times, times.toSorted((a, b) => a - b));
  assert(found.steps.every(({ status, tookMs }) => status === 200 && tookMs >= 0));
});

Deno.test("probe logs in where the server wants it", async () => {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-probe-" });
  try {
    const users = `${folder}/users`;
    const secret = digestSecret("MD5", "ann", "films", "s3cret");
    await Deno.writeTextFile(users, `ann:films:${secret}\n`);
    await using server = await RunningProgram.server(["--users", users]);
    const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    const without = await runClient(["probe", url]);
    assertEquals(without.code, 3);
    assertMatch(without.stderr, /^zoetrope-client: Cannot probe .*401 .*--user NAME:PASSWORD/);
    assertMatch(without.stdout, /^Problem: /m);
    const named = await runClient(["probe", url, "--user", "ann:s3cret"]);
    assertEquals([named.code, named.stderr], [0, ""]);
    assertMatch(named.stdout, /DESCRIBE .* 401 .*\n {2}DESCRIBE .* 200 OK/);
    assertMatch(named.stdout, /^UDP: +accepted/m);
    assertEquals(named.stdout.includes("s3cret"), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("probe says in one sentence why it found nothing, with the client's exit codes", async () => {
  await using server = await RunningProgram.server();
  const missing = await runClient(["probe", `rtsp://127.0.0.1:${server.port}/none.Mjpeg`]);
  assertEquals(missing.code, 3);
  assertMatch(missing.stderr, /^zoetrope-client: Cannot probe none\.Mjpeg from .*404 .*\n$/);
  const nobody = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = nobody.addr;
  nobody.close();
  const refused = await runClient(["probe", `rtsp://127.0.0.1:${port}/a`, "--json"]);
  assertEquals(refused.code, 1);
  assertMatch(refused.stderr, /^zoetrope-client: Cannot probe a from .*: nobody listens there/);
  assertEquals(JSON.parse(refused.stdout).connectMs, null);
  const usage = await runClient(["probe", "movie.Mjpeg"]);
  assertEquals([usage.code, usage.stdout], [2, ""]);
});

/** A server that answers each request with the same head, or not at all; resolves once it was asked. */
function answering(
  head: string | undefined,
): { port: number; asked: Promise<void>; close(): void } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const asked = Promise.withResolvers<void>();
  const serve = async () => {
    for await (const connection of listener) {
      connections.push(connection);
      await connection.read(new Uint8Array(4096));
      asked.resolve();
      const reply = head === undefined ? "" : `${head}\r\nCSeq: 1\r\n\r\n`;
      await connection.write(new TextEncoder().encode(reply));
    }
  };
  serve();
  const close = () => [listener, ...connections].forEach((socket) => socket.close());
  return { port: listener.addr.port, asked: asked.promise, close };
}

Deno.test("probe follows a redirect and shows the messages with --trace", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const first = answering(`RTSP/1.0 302 Found\r\nLocation: ${url}`);
  try {
    const asked = `rtsp://127.0.0.1:${first.port}/old`;
    const { code, stdout, stderr } = await runClient(["probe", asked, "--trace"]);
    assertEquals(code, 0, stderr);
    assertMatch(
      stdout,
      new RegExp(`^URL: +${asked}\nRedirect: +${url}\nAddress: .*:${server.port}\n`),
    );
    assertMatch(stdout, /OPTIONS .* 302 Found\n {2}OPTIONS .* 200 OK\n/);
    assertMatch(
      stderr,
      /^C: OPTIONS .*\/old RTSP\/1\.0\n[^]*S: RTSP\/1\.0 302 Found\n[^]*S: v=0\n/,
    );
  } finally {
    first.close();
  }
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`probe ends with a sentence and what it has at ${signal}`, async () => {
    const silent = answering(undefined);
    try {
      await using client = RunningProgram.client(["probe", `rtsp://127.0.0.1:${silent.port}/a`]);
      await silent.asked;
      const { code, stdout, stderr } = await client.stop(signal);
      assertEquals(code, 1, stderr);
      assertMatch(
        stderr,
        /^zoetrope-client: Cannot probe a from 127\.0\.0\.1:\d+: it was interrupted\n$/,
      );
      assertMatch(stdout, /^URL: [^]*Problem: [^]*connect +\d/);
    } finally {
      silent.close();
    }
  });
}
