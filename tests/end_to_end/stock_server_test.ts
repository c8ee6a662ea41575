import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runClient, RunningProgram } from "../support/programs.ts";
import { StockServer, type StockServerOptions } from "../support/stock_server.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames, play } from "./play.ts";

const MOVIE = OWN_FRAMES.slice(0, 30);

function start(options: Partial<StockServerOptions> = {}): StockServer {
  return StockServer.start({ frames: MOVIE, intervalMs: 5, ...options });
}

function methodsOf({ requests }: StockServer): (string | undefined)[] {
  return requests.map((text) => text.split(" ")[0]);
}

/** Servers in the wild, whose frames all come through. */
const VARIANTS: readonly (readonly [string, Partial<StockServerOptions>])[] = [
  ["is the stock one", {}],
  ...[0, 1, 3].map((version) => [`sends V=${version}`, { version }] as const),
  ["marks every frame", { marker: true }],
  ["has an SSRC", { ssrc: 0x89ab_cdef }],
  ["stamps in 90 kHz", { timestamp: (frame) => frame * 4500 }],
  ["stamps with anything", { timestamp: (frame) => frame * 2_654_435_761 }],
  ["counts from 0", { firstSequence: 0 }],
  ["wraps its sequence number", { firstSequence: 65_520 }],
  ["cuts frames in way A", { cutting: { way: "A", size: 1400 } }],
  ["cuts frames in way B", { cutting: { way: "B", size: 1400 } }],
  ["sends every third packet twice", { duplicate: (packet) => packet % 3 === 0 }],
  ["sends every fifth packet late", { late: (packet) => packet % 5 === 3 }],
  ["reads 1,024 bytes at once", { readSize: 1024 }],
];
for (const [name, options] of VARIANTS) {
  Deno.test(`our client plays a lab server that ${name}`, async () => {
    await using server = start(options);
    const played = await play([...labForm(server), "--frames", String(MOVIE.length)]);
    assertEquals(played.code, 0, played.stderr);
    assertSameFrames(played.frames, MOVIE);
    assertEquals([played.statistics.packets.lost, played.statistics.frames.broken], [0, 0]);
    assertEquals(methodsOf(server), ["SETUP", "PLAY", "TEARDOWN"]);
    const [setup = ""] = server.requests;
    const pattern =
      /^SETUP movie\.Mjpeg RTSP\/1\.0\nCSeq: 1\nTransport: RTP\/UDP; client_port= \d+$/;
    assertMatch(setup, pattern);
  });
}

Deno.test("our client pauses a lab server whose source port changes", async () => {
  await using server = start({ sourcePort: "each play" });
  const script = "setup play wait:80ms pause wait:200ms play";
  const played = await play([...labForm(server), "--script", script, "--frames", "30"]);
  assertEquals(played.code, 0, played.stderr);
  assertSameFrames(played.frames, MOVIE);
  assertEquals(methodsOf(server), ["SETUP", "PLAY", "PAUSE", "PLAY", "TEARDOWN"]);
});

Deno.test("our client counts what a lab server loses, and passes empty payloads over", async () => {
  await using server = start({ lose: (packet) => packet % 10 === 4, emptyAtEnd: 5 });
  const played = await play(labForm(server));
  assertEquals(played.code, 0, played.stderr);
  assertSameFrames(played.frames, MOVIE.filter((_, i) => i % 10 !== 4));
  assertEquals([played.statistics.packets.lost, played.statistics.packets.expected], [3, 30]);
  assertStringIncludes(played.stderr, "End of stream");
});

Deno.test("our client tells of a missing file that a lab server answers with silence", async () => {
  await using server = start({ missingFile: "silence" });
  const { code, stderr } = await runClient([...labForm(server, "none"), "--quiet"]);
  assertEquals(code, 1);
  assertMatch(stderr, /^zoetrope-client: Cannot play none from 127\.0\.0\.1:\d+: PLAY .*\n$/);
});

Deno.test("our client tells of a missing file that a lab server answers by closing", async () => {
  await using server = start({ missingFile: "drop" });
  const { code, stderr } = await runClient([...labForm(server, "none"), "--quiet"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "PLAY was not answered, the server closed the connection");
});

for (const refuseSession of ["0", "own", "none"] as const) {
  Deno.test(`our client tells of a lab server's 404, session: ${refuseSession}`, async () => {
    await using server = start({ refuse: { SETUP: "404 File Not Found" }, refuseSession });
    const { code, stderr } = await runClient([...labForm(server), "--quiet"]);
    assertEquals(code, 3);
    assertStringIncludes(stderr, "SETUP was answered 404 File Not Found");
  });
}

Deno.test("our client tells of a lab server that drops the connection in mid-play", async () => {
  await using server = start({ dropAfterFrames: 12 });
  const played = await play([...labForm(server), "--quiet"]);
  assertEquals(played.code, 1);
  assertStringIncludes(played.stderr, "Cannot go on playing movie.Mjpeg from 127.0.0.1:");
  assert(played.frames.length >= 10 && played.frames.length <= 12);
  assertSameFrames(played.frames, MOVIE.slice(0, played.frames.length));
});

Deno.test("SIGINT: our client waits a second at most for a lab server's answer", async () => {
  await using server = start({ silentTo: ["TEARDOWN"] });
  const client = RunningProgram.client(labForm(server));
  await client.says("stderr", /State: PLAYING/);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = performance.now();
  assertEquals((await client.stop("SIGINT")).code, 0);
  const tookMs = performance.now() - before;
  assert(tookMs > 900 && tookMs < 2000, `it took ${tookMs} ms`);
  assertEquals(methodsOf(server), ["SETUP", "PLAY", "TEARDOWN"]);
});
