import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { LAB_VARIANTS, STOCK_VARIANT } from "../support/lab_variants.ts";
import { RunningProgram } from "../support/programs.ts";
import { StockClient, type StockClientOptions } from "../support/stock_client.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames } from "./play.ts";

/** What every client of the exercise does: set up, play, pause, play on, tear down. */
async function exercise(options: Omit<StockClientOptions, "port">): Promise<void> {
  await using server = await RunningProgram.server(["--fps", "200"]);
  await using client = await StockClient.connect({ port: server.port, ...options });
  assert((await client.setup()).accepted, "SETUP");
  assert((await client.play()).accepted, "PLAY");
  await client.shown(10);
  assert((await client.pause()).accepted, "PAUSE");
  await client.silence(60);
  const paused = client.frames.shown.length;
  assert((await client.play()).accepted, "PLAY after PAUSE");
  await client.shown(paused + 10);
  assert((await client.teardown()).accepted, "TEARDOWN");
  const { shown, sequences, lost, dropped, unshowable } = client.frames;
  assertSameFrames(shown, OWN_FRAMES.slice(0, shown.length));
  assertEquals(sequences, shown.map((_, i) => i + 1));
  assertEquals([lost, dropped, unshowable], [0, 0, 0]);
  assertEquals(client.sourcePorts.size, 1);
}

for (const variant of LAB_VARIANTS) {
  Deno.test(`our server plays to a lab client that ${variant.name}`, () => exercise({ variant }));
}

Deno.test("our server plays to a lab client that reads 1,024 bytes at once", () =>
  exercise({ variant: STOCK_VARIANT, readSize: 1024 }));

Deno.test("our server describes a movie to a lab client that reads 1,024 bytes at once", async () => {
  await using server = await RunningProgram.server();
  await using client = await StockClient.connect({ port: server.port, readSize: 1024 });
  await client.setup();
  assert((await client.describe()).accepted, "DESCRIBE");
  const [head = "", body = ""] = client.replies[1]?.split("\r\n\r\n") ?? [];
  assertStringIncludes(head, `\r\nContent-Length: ${body.length}`);
  assertStringIncludes(body, `\r\nm=video ${client.rtpPort} RTP/AVP 26\r\n`);
  assert((await client.play()).accepted, "PLAY after DESCRIBE");
  await client.shown(3);
});

Deno.test("our server lets a lab client try again after 404", async () => {
  await using server = await RunningProgram.server();
  await using client = await StockClient.connect({ port: server.port, file: "none.Mjpeg" });
  for (let attempt = 0; attempt < 2; attempt++) {
    const { status, accepted } = await client.setup();
    assertEquals([status, accepted, client.session, client.died], [404, false, "0", undefined]);
  }
});

Deno.test("our server plays to two lab clients at once", async () => {
  await using server = await RunningProgram.server(["--fps", "100"]);
  await using first = await StockClient.connect({ port: server.port });
  await using second = await StockClient.connect({ port: server.port, readSize: 1024 });
  for (const client of [first, second]) {
    await client.setup();
    await client.play();
  }
  for (const client of [first, second]) {
    await client.shown(50);
    await client.teardown();
    const { shown } = client.frames;
    assertSameFrames(shown, OWN_FRAMES.slice(0, shown.length));
  }
  assert(first.session !== second.session);
});
