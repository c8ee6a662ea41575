import { assert, assertEquals, assertMatch } from "@std/assert";
import { runClient, RunningProgram, runServer } from "../support/programs.ts";

Deno.test("--workers 2 serves on one port from two threads, and adds up what they sent", async () => {
  await using server = await RunningProgram.server(["--workers", "2", "--fps", "50"]);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const plays = await Promise.all(
    Array.from({ length: 4 }, () => runClient([url, "--frames", "25", "--quiet"])),
  );
  for (const { code, stderr } of plays) assertEquals([code, stderr], [0, ""]);
  const { code, stderr } = await server.stop();
  assertEquals(code, 0);
  const [, frames = "0"] = /2 workers sent (\d+) frames .* to 4 sessions/.exec(stderr) ?? [];
  assert(Number(frames) >= 100, stderr);
});

Deno.test("--workers fails as one server does where the port is taken", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { port } = listener.addr as Deno.NetAddr;
    const { code, stderr } = await runServer([String(port), "--workers", "2"]);
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /Cannot listen on 127\.0\.0\.1 port \d+: another program listens there already; /,
    );
  } finally {
    listener.close();
  }
});
