import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { RunningProgram, runServer } from "../support/programs.ts";
import { OWN_FRAMES } from "./movies.ts";

Deno.test("--http serves the page, its files, pictures and figures", async () => {
  await using server = await RunningProgram.server(["--http", "0"]);
  const [, url = ""] = await server.says("stdout", /Page: +(http:\/\/127\.0\.0\.1:\d+)\//);
  const get = async (path: string) => {
    const response = await fetch(url + path);
    assertEquals(response.status, 200, path);
    return new Uint8Array(await response.arrayBuffer());
  };
  const page = new TextDecoder().decode(await get("/"));
  for (const [, path = ""] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) await get(path);
  assertEquals(await get("/snapshot/movie.Mjpeg.jpg?n=7"), OWN_FRAMES[6]);
  const { width, height } = parseJpegImage(await get("/snapshot/movie.Mjpeg.jpg?n=7&w=96"));
  assertEquals([width, height], [96, 72], "scaled in a thread of its own");
  assertMatch(
    new TextDecoder().decode(await get("/metrics")),
    /\nzoetrope_sessions_started_total 0\n/,
  );
  const { code } = await server.stop();
  assertEquals(code, 0);
});

Deno.test("SIGTERM ends a server while a preview and events are being read", async () => {
  await using server = await RunningProgram.server(["--http", "0"]);
  const [, url = ""] = await server.says("stdout", /Page: +(http:\S+)/);
  const streams = await Promise.all(
    ["preview/movie.Mjpeg", "api/events"].map(async (path) => (await fetch(url + path)).body),
  );
  const readers = streams.map((stream) => stream?.getReader());
  for (const reader of readers) assert((await reader?.read())?.done === false);
  const beforeMs = performance.now();
  const { code } = await server.stop();
  assertEquals(code, 0);
  assert(performance.now() - beforeMs < 3000);
  await Promise.all(readers.map((reader) => reader?.cancel().catch(() => {}))); // the server is gone
});

Deno.test("--http on a port that is taken says so, and ends with 1", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const { code, stderr } = await runServer(["0", "--http", String(port)]);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    new RegExp(`^zoetrope-server: Cannot serve the page on 127\\.0\\.0\\.1 port ${port}: `, "m"),
  );
});
