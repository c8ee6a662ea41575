import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fakeFrames } from "./fake_frames.ts";
import { LAB_VARIANTS } from "./lab_variants.ts";
import { StockClient, type StockClientOptions } from "./stock_client.ts";
import { StockServer, type StockServerOptions } from "./stock_server.ts";

const FRAMES = fakeFrames(20);

interface Peers {
  readonly server: StockServer;
  readonly client: StockClient;
}

/** A test with a stock server and a stock client that is connected to it. */
function testPeers(
  name: string,
  server: Partial<StockServerOptions>,
  client: Partial<StockClientOptions>,
  test: (peers: Peers) => Promise<void>,
): void {
  Deno.test(name, async () => {
    await using started = StockServer.start({ frames: FRAMES, ...server });
    await using connected = await StockClient.connect({
      port: started.port,
      replyTimeoutMs: 100,
      ...client,
    });
    await test({ server: started, client: connected });
  });
}

async function playAll({ client }: Peers, frames = FRAMES.length): Promise<void> {
  await client.setup();
  await client.play();
  await client.shown(frames);
}

for (const readSize of [256, 1024]) {
  testPeers(
    `StockClient plays StockServer, reading ${readSize} bytes`,
    {},
    { readSize },
    async ({ server, client }) => {
      await playAll({ server, client });
      assertEquals(client.state, "playing");
      await client.teardown();
      assertEquals(client.frames.shown, FRAMES);
      assertEquals(client.frames.lossRate, 0);
      assertEquals(server.requests, [
        `SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= ${client.rtpPort}`,
        "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
        "TEARDOWN movie.Mjpeg RTSP/1.0\nCSeq: 3\nSession: 115166",
      ]);
      assertEquals(client.replies, [
        "RTSP/1.0 200 OK\nCSeq: 1\nSession: 115166",
        "RTSP/1.0 200 OK\nCSeq: 2\nSession: 115166",
        "RTSP/1.0 200 OK\nCSeq: 3\nSession: 115166",
      ]);
    },
  );
}

testPeers("StockServer sends the stock header", {}, {}, async ({ server, client }) => {
  const before = Math.floor(Date.now() / 1000);
  await playAll({ server, client });
  const header = new DataView(client.frames.headers[0]?.slice().buffer ?? new ArrayBuffer(0));
  assertEquals(header.getUint32(0), 0x80_1a_00_01);
  assert(header.getUint32(4) >= before && header.getUint32(4) <= Date.now() / 1000);
  assertEquals(header.getUint32(8), 0);
});

testPeers(
  "StockServer keeps its place over PAUSE, and changes its port",
  {},
  {},
  async ({ client }) => {
    await client.setup();
    await client.play();
    await client.shown(5);
    await client.pause();
    await client.silence(30);
    const paused = client.frames.shown.length;
    await client.silence(30);
    assertEquals(client.frames.shown.length, paused);
    await client.play();
    await client.shown(20);
    assertEquals(client.frames.shown, FRAMES);
    assertEquals(client.sourcePorts.size, 2);
  },
);

testPeers(
  "StockServer is silent at the end and stays connected",
  {},
  {},
  async ({ server, client }) => {
    await playAll({ server, client });
    await client.silence(50);
    assertEquals(client.died, undefined);
    assert((await client.pause()).accepted);
  },
);

testPeers(
  "StockServer accepts SETUP of a missing file and is silent at PLAY",
  {},
  { file: "none" },
  async ({ client }) => {
    assert((await client.setup()).accepted);
    await assertRejects(() => client.play(), Error, "No reply to PLAY in 100 ms");
    assertEquals(client.died, undefined);
  },
);

testPeers(
  "StockServer closes at PLAY of a missing file where asked to",
  { missingFile: "drop" },
  { file: "none" },
  async ({ client }) => {
    await client.setup();
    await assertRejects(() => client.play(), Error, "The server closed the connection");
  },
);

testPeers(
  "StockServer is silent in wrong states and for unknown methods",
  {},
  {},
  async ({ client }) => {
    await assertRejects(() => client.send("PLAY"), Error, "No reply to PLAY");
    await assertRejects(() => client.describe(), Error, "No reply to DESCRIBE");
    await client.setup();
    await assertRejects(() => client.send("SETUP"), Error, "No reply to SETUP");
  },
);

testPeers("StockServer closes at TEARDOWN before PLAY", {}, {}, async ({ client }) => {
  await client.setup();
  await assertRejects(() => client.teardown(), Error, "The server closed the connection");
});

testPeers(
  "StockServer refuses with a status and leaves the client able to retry",
  { refuse: { SETUP: "404 Not Found" } },
  {},
  async ({ client }) => {
    const { accepted, status } = await client.setup();
    assertEquals({ accepted, status }, { accepted: false, status: 404 });
    assertEquals([client.state, client.session], ["init", "0"]);
    assertEquals((await client.setup()).cseq, 2);
  },
);

testPeers(
  "StockClient is poisoned by a refusal with a session",
  { refuse: { SETUP: "404 Not Found" }, refuseSession: "own" },
  {},
  async ({ client }) => {
    await client.setup();
    assertEquals(client.session, "115166");
  },
);

testPeers(
  "StockClient dies of a refusal without line 3",
  { refuse: { SETUP: "404 Not Found" }, refuseSession: "none" },
  {},
  async ({ client }) => {
    const why = "IndexError: no second word on line 3";
    await assertRejects(() => client.setup(), Error, why);
    await assertRejects(() => client.setup(), Error, why);
  },
);

testPeers("StockClient has no button for PLAY before SETUP", {}, {}, async ({ client }) => {
  assertThrows(() => client.play(), TypeError, "A stock client in state init does not send PLAY");
  await client.silence(1);
});

testPeers(
  "StockServer closes the connection after so many frames where asked to",
  { dropAfterFrames: 7 },
  {},
  async ({ server, client }) => {
    await playAll({ server, client }, 7);
    await client.silence(30);
    assertEquals(client.frames.shown, FRAMES.slice(0, 7));
    assertEquals(client.died?.message, "The server closed the connection");
  },
);

testPeers("StockServer ends connections when it is closed", {}, {}, async ({ server, client }) => {
  await playAll({ server, client }, 2);
  await server.close();
  await assertRejects(() => client.pause(), Error);
  await client.close();
  assert(client.frames.shown.length < FRAMES.length);
});

testPeers(
  "StockClient sees one port and empty payloads from such a server",
  {
    sourcePort: "one",
    emptyAtEnd: 3,
    version: 3,
    ssrc: 0xdecade,
    timestamp: (frame) => 90 * frame,
  },
  {},
  async ({ server, client }) => {
    await playAll({ server, client });
    await client.heard(23);
    assertEquals(client.frames.dropped, 3); // the last frame's number again
    const second = new DataView(client.frames.headers[1]?.slice().buffer ?? new ArrayBuffer(0));
    assertEquals(second.getUint32(0), 0xc0_1a_00_02);
    assertEquals([second.getUint32(4), second.getUint32(8)], [90, 0xdecade]);
    assertEquals(client.sourcePorts.size, 1);
  },
);

for (const way of ["A", "B"] as const) {
  testPeers(
    `StockClient shows nothing of frames cut in way ${way}`,
    { cutting: { way, size: 40 } },
    {},
    async ({ client }) => {
      await client.setup();
      await client.play();
      await client.heard(60);
      await client.silence(20);
      assertEquals(client.frames.headers.length, 60);
      assertEquals(client.frames.shown, []);
      assertEquals(client.frames.highest, way === "A" ? 60 : 20);
      assertEquals(client.frames.headers.filter((header) => (header[1] ?? 0) > 127).length, 20);
    },
  );
}

testPeers(
  "StockClient drops repeated and late packets, and counts the lost ones",
  { duplicate: (n) => n === 3, late: (n) => n === 5, lose: (n) => n === 8 || n === 9 },
  {},
  async ({ server, client }) => {
    await playAll({ server, client }, 17);
    await client.heard(19);
    const { dropped, lost, gaps, received, sequences } = client.frames;
    assertEquals({ dropped, lost, gaps, received }, { dropped: 2, lost: 3, gaps: 2, received: 17 });
    assertEquals(client.frames.lossRate, 3 / 20);
    assertEquals(sequences, [1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  },
);

testPeers(
  "StockClient freezes at the wrap and takes what is before the first number for loss",
  { firstSequence: 65_530 },
  {},
  async ({ server, client }) => {
    await playAll({ server, client }, 6);
    await client.heard(20);
    assertEquals(client.frames.shown, FRAMES.slice(0, 6));
    assertEquals([client.frames.highest, client.frames.dropped], [65_535, 14]);
    assertEquals(client.frames.lost, 65_529);
  },
);

testPeers(
  "StockClient drops a first packet of sequence 0",
  { firstSequence: 0 },
  {},
  async ({ server, client }) => {
    await playAll({ server, client }, 19);
    assertEquals(client.frames.shown, FRAMES.slice(1));
  },
);

Deno.test("StockClient reads 20,480 bytes of a datagram", async () => {
  await using server = StockServer.start({ frames: fakeFrames(2, 20_469) });
  await using client = await StockClient.connect({ port: server.port });
  await client.setup();
  await client.play();
  await client.heard(2);
  assertEquals([client.frames.received, client.frames.shown.length], [2, 0]);
});

/** The variants that the stock server itself plays. */
const PLAYED = LAB_VARIANTS.filter(({ name }) => !/old form|TCP\/UDP|URL/.test(name) // the last has a name that is no file's
);

for (const variant of PLAYED) {
  testPeers(
    `StockServer plays to a client that ${variant.name}`,
    {},
    { variant },
    async (peers) => {
      await playAll(peers);
      assertEquals(peers.client.frames.shown, FRAMES);
      await peers.client.teardown();
    },
  );
}
