import { assertEquals } from "@std/assert";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { SeededRandom } from "../support/random.ts";
import { type StockPacketOptions, StockPackets } from "../support/stock_packets.ts";
import { bytesOf } from "../support/text.ts";
import { BENCH, type LabBenchCommand, LabClientBench } from "./lab_client_bench.ts";

const MOVIE = fakeFrames(10);

Deno.test("LabClient sends exactly the lab's bytes", () => {
  const bench = new LabClientBench();
  for (const kind of ["setup", "play", "pause", "play", "describe", "teardown"] as const) {
    bench.done(kind);
  }
  assertEquals(bench.requests, [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
    "PAUSE movie.Mjpeg RTSP/1.0\nCSeq: 3\nSession: 115166",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 4\nSession: 115166",
    "DESCRIBE movie.Mjpeg RTSP/1.0\nCSeq: 5\nSession: 115166",
    "TEARDOWN movie.Mjpeg RTSP/1.0\nCSeq: 6\nSession: 115166",
  ]);
  assertEquals(bench.messages.slice(0, 2), [
    ["client", "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000"],
    ["server", "RTSP/1.0 200 OK\nCSeq: 1\nSession: 115166"],
  ]);
});

Deno.test("LabClient connects at the first command, and anew after TEARDOWN", () => {
  const bench = LabClientBench.in("playing");
  bench.done("teardown");
  assertEquals(bench.kinds, ["write", "reply", "close", "state"]);
  bench.outputs = [];
  bench.command("setup");
  assertEquals(bench.kinds, ["connect", "write"]);
  assertEquals(bench.requests, [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000",
  ]);
});

Deno.test("LabClient closes instead of TEARDOWN before PLAY", () => {
  const bench = new LabClientBench();
  bench.done("setup");
  bench.outputs = [];
  bench.command("teardown");
  assertEquals([bench.requests, bench.kinds], [[], ["close", "state"]]);
  assertEquals(bench.machine.state, "init");
});

Deno.test("LabClient has one request outstanding, and keeps the order", () => {
  const bench = new LabClientBench();
  for (const kind of ["setup", "play", "pause"] as const) bench.command(kind);
  assertEquals(bench.requests.length, 1);
  bench.answer("200 OK");
  assertEquals(bench.requests.length, 2);
  bench.answer("200 OK");
  assertEquals(bench.requests.map((request) => request.split(" ")[0]), ["SETUP", "PLAY", "PAUSE"]);
  assertEquals(bench.machine.state, "playing");
  bench.answer("200 OK");
  assertEquals([bench.machine.state, bench.machine.isBusy], ["ready", false]);
});

const REPLIES: readonly (readonly [string, string])[] = [
  ["the stock server", "RTSP/1.0 200 OK\nCSeq: 1\nSession: 751858"],
  ["the stock server with LF at the end", "RTSP/1.0 200 OK\nCSeq: 1\nSession: 751858\n"],
  ["our server", "RTSP/1.0 200 OK\r\nCSeq: 1\r\nSession: 751858\r\n\r\n"],
  ["a server with a timeout", "RTSP/1.0 200 OK\r\nCSeq: 1\r\nSession: 751858;timeout=60\r\n\r\n"],
  ["a server with more headers", "RTSP/1.0 200 OK\nCSeq: 1\nServer: x\nSession: 751858\n\n"],
  ["a server without CSeq's space", "RTSP/1.0 200 OK\nCSeq:1\nSession:751858\n\n"],
];
for (const [name, reply] of REPLIES) {
  Deno.test(`LabClient takes the session from ${name}, in every cut`, () => {
    for (const chunks of everyCut(bytesOf(reply))) {
      const bench = new LabClientBench();
      bench.command("setup");
      for (const chunk of chunks) {
        bench.receive(chunk);
        bench.advance(1);
      }
      bench.advance(40);
      assertEquals(bench.machine.state, "ready");
      bench.command("play");
      assertEquals(bench.requests.at(-1)?.split("\n")[2], "Session: 751858");
    }
  });
}

Deno.test("LabClient takes a reply that the end of the connection completes", () => {
  const bench = LabClientBench.in("playing");
  bench.command("teardown");
  bench.receive("RTSP/1.0 200 OK\nCSeq: 3\nSession: 115166");
  assertEquals(bench.machine.state, "playing");
  bench.disconnected();
  assertEquals([bench.machine.state, bench.failures, bench.machine.isBusy], ["init", [], false]);
});

Deno.test("LabClient passes over replies with another CSeq or session", () => {
  const bench = new LabClientBench();
  bench.done("setup");
  bench.command("play");
  bench.answer("200 OK", { cseq: 1 });
  bench.answer("200 OK", { cseq: 7 });
  bench.answer("200 OK", { session: "999" });
  assertEquals([bench.machine.state, bench.machine.isBusy], ["ready", true]);
  bench.answer("200 OK");
  bench.answer("200 OK");
  assertEquals(bench.machine.state, "playing");
  assertEquals(bench.logged("warning"), [
    "Ignored a reply: 200 OK: its CSeq is 1, 2 is awaited",
    "Ignored a reply: 200 OK: its CSeq is 7, 2 is awaited",
    "Ignored a reply: 200 OK: its session is 999, ours is 115166",
    "Ignored a reply: 200 OK: none is awaited",
  ]);
});

Deno.test("LabClient waits on after 100 Continue", () => {
  const bench = new LabClientBench();
  bench.command("setup");
  bench.answer("100 Continue");
  assertEquals([bench.machine.state, bench.machine.isBusy], ["init", true]);
  bench.answer("200 OK");
  assertEquals(bench.machine.state, "ready");
});

Deno.test("LabClient is not poisoned by the session of an error", () => {
  const bench = new LabClientBench();
  bench.command("setup");
  bench.answer("404 Not Found", { session: "666" });
  assertEquals(bench.failures, [{
    kind: "failure",
    outcome: "refused",
    sentence: "Cannot play movie.Mjpeg from 127.0.0.1:8554: SETUP was answered 404 Not Found",
    status: 404,
  }]);
  bench.done("setup");
  bench.command("play");
  assertEquals(bench.requests.slice(1), [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 2\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 3\nSession: 115166",
  ]);
  bench.answer("500 Internal Server Error", { session: "0" });
  bench.done("play");
  assertEquals(bench.machine.state, "playing");
});

Deno.test("LabClient sends no session that does not fit into a request", () => {
  for (const session of ["9".repeat(200), "über"]) {
    const bench = new LabClientBench();
    bench.command("setup");
    bench.answer("200 OK", { session });
    bench.command("play");
    assertEquals(bench.requests.at(-1), "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 0");
  }
});

const SILENCES: readonly (readonly [LabBenchCommand, number, string])[] = [
  ["setup", 5000, "Cannot play movie.Mjpeg from 127.0.0.1:8554: SETUP was not answered within 5 s"],
  [
    "play",
    5000,
    "Cannot play movie.Mjpeg from 127.0.0.1:8554: PLAY was not answered within 5 s; " +
    "lab servers are silent where there is no such file",
  ],
  [
    "pause",
    5000,
    "Cannot pause movie.Mjpeg from 127.0.0.1:8554: PAUSE was not answered within 5 s",
  ],
];
for (const [kind, ms, sentence] of SILENCES) {
  Deno.test(`LabClient gives ${kind} up after ${ms} ms of silence`, () => {
    const before = { setup: "init", play: "ready", pause: "playing" } as const;
    const bench = LabClientBench.in(before[kind as keyof typeof before]);
    if (kind === "pause") bench.frames(MOVIE.slice(0, 1));
    bench.command(kind);
    bench.advance(ms - 1);
    assertEquals(bench.failures, []);
    bench.advance(1);
    assertEquals(bench.failures.at(-1)?.sentence, sentence);
  });
}

Deno.test("LabClient goes on when DESCRIBE is not answered", () => {
  const bench = LabClientBench.in("ready");
  bench.command("describe");
  bench.command("play");
  bench.advance(2000);
  assertEquals(bench.failures, []);
  assertEquals(bench.logged("warning"), [
    "DESCRIBE was not answered: many lab servers do not know it",
  ]);
  assertEquals(bench.requests.map((request) => request.split(" ")[0]), ["DESCRIBE", "PLAY"]);
});

Deno.test("LabClient gives the body of DESCRIBE out", () => {
  const bench = LabClientBench.in("ready");
  bench.command("describe");
  const tail = "\nContent-Type: application/sdp\nContent-Length: 5\n\nv=0\r\n";
  bench.answer("200 OK", { tail });
  const reply = bench.outputs.find((output) => output.kind === "reply");
  assertEquals(reply, {
    kind: "reply",
    method: "DESCRIBE",
    status: 200,
    reason: "OK",
    asked: true,
    body: bytesOf("v=0\r\n"),
  });
});

Deno.test("LabClient closes when TEARDOWN is not answered", () => {
  const bench = LabClientBench.in("ready");
  bench.command("teardown");
  bench.advance(5000);
  assertEquals([bench.kinds, bench.machine.isBusy], [["write", "close", "state"], false]);
});

Deno.test("LabClient gives up a connection that does not come about", () => {
  const bench = new LabClientBench();
  bench.take(bench.machine.command({ kind: "setup" }, { monotonicMs: 0, unixMs: 0 }));
  bench.advance(10_000);
  assertEquals(bench.kinds, ["connect", "failure", "close"]);
  assertEquals(
    bench.failures[0]?.sentence,
    "Cannot play movie.Mjpeg from 127.0.0.1:8554: no connection within 10 s",
  );
  assertEquals(bench.machine.isBusy, false);
});

Deno.test("LabClient says why when the connection ends", () => {
  const reason = "the server closed the connection";
  const from = "movie.Mjpeg from 127.0.0.1:8554";
  const setup = LabClientBench.in("init");
  setup.command("setup");
  setup.disconnected();
  const playing = LabClientBench.in("playing");
  playing.frames(MOVIE.slice(0, 1));
  playing.disconnected();
  const idle = LabClientBench.in("init");
  idle.disconnected();
  assertEquals(
    [setup, playing, idle].map((bench) => bench.failures.map(({ sentence }) => sentence)),
    [
      [`Cannot play ${from}: SETUP was not answered, ${reason}`],
      [`Cannot go on playing ${from}: ${reason} after 1 frame`],
      [],
    ],
  );
  assertEquals(playing.machine.state, "init");
});

Deno.test("LabClient closes when the server speaks another language", () => {
  const bench = new LabClientBench();
  bench.command("setup");
  bench.receive("HTTP/1.1 400 Bad Request\r\n\r\n");
  assertEquals(bench.kinds, ["connect", "write", "failure", "close"]);
  assertEquals(bench.failures[0]?.outcome, "failed");
  assertEquals(bench.machine.isBusy, false);
});

Deno.test("LabClient fails when nothing comes within 5 s after PLAY", () => {
  const bench = LabClientBench.in("playing");
  const playedMs = bench.nowMs;
  bench.advance(10_000);
  assertEquals(bench.failures.map(({ sentence }) => sentence), [
    "Cannot play movie.Mjpeg from 127.0.0.1:8554: PLAY was answered 200 OK, but nothing came to " +
    "UDP port 25000 within 5 s (is the file there, and does a firewall let UDP in?)",
  ]);
  assertEquals(bench.machine.wakeAtMs, undefined, `woken again after ${playedMs}`);
});

Deno.test("LabClient takes a second of silence for the end, once", () => {
  const bench = LabClientBench.in("playing");
  bench.frames(MOVIE);
  bench.advance(999);
  assertEquals(bench.kinds.filter((kind) => kind === "endOfStream"), []);
  bench.advance(9000);
  assertEquals(bench.kinds.filter((kind) => kind === "endOfStream").length, 1);
});

Deno.test("LabClient takes no empty payload for a sign of life", () => {
  const bench = LabClientBench.in("playing");
  bench.frames(MOVIE);
  const packets = new StockPackets({ firstSequence: 11 });
  for (let ms = 50; ms <= 1000; ms += 50) {
    bench.advance(50);
    bench.datagram(packets.empty(10, 0));
  }
  assertEquals(bench.kinds.filter((kind) => kind === "endOfStream").length, 1);
  assertEquals(bench.received.length, 10);
});

Deno.test("LabClient waits three gaps for the next frame of a slow movie", () => {
  const bench = LabClientBench.in("playing");
  bench.frames(MOVIE.slice(0, 4), 2000);
  assertEquals(bench.received.length, 4);
  bench.advance(5999);
  assertEquals(bench.kinds.filter((kind) => kind === "endOfStream").length, 0);
  bench.advance(1);
  assertEquals(bench.kinds.filter((kind) => kind === "endOfStream").length, 1);
});

Deno.test("LabClient takes packets that overtake the reply to PLAY, and those behind PAUSE's", () => {
  const bench = new LabClientBench();
  bench.done("setup");
  bench.command("play");
  const packets = new StockPackets({});
  const next = (i: number) => packets.ofFrame(i, MOVIE[i] ?? new Uint8Array(), 0);
  for (const packet of next(0)) bench.datagram(packet);
  bench.answer("200 OK");
  for (const packet of next(1)) bench.datagram(packet);
  bench.done("pause");
  for (const packet of next(2)) bench.datagram(packet);
  assertEquals(bench.received.map(({ jpeg }) => jpeg), MOVIE.slice(0, 3));
});

Deno.test("LabClient does not look at datagrams before PLAY or after TEARDOWN", () => {
  const bench = new LabClientBench();
  bench.done("setup");
  bench.frames(MOVIE.slice(0, 2));
  bench.done("play");
  bench.done("teardown");
  bench.frames(MOVIE.slice(0, 2));
  assertEquals([bench.received, bench.machine.reception.received], [[], 0]);
});

Deno.test("LabClient leaves other senders out once the server's own address has sent", () => {
  const bench = LabClientBench.in("playing");
  const packets = new StockPackets({});
  const from = [BENCH.server, "198.51.100.9", BENCH.server];
  for (const [i, address] of from.entries()) {
    for (const packet of packets.ofFrame(i, MOVIE[i] ?? new Uint8Array(), 0)) {
      bench.datagram(packet, address);
    }
  }
  bench.advance(200);
  assertEquals(bench.received.map(({ number, sequence }) => [number, sequence]), [[1, 1], [2, 3]]);
  assertEquals(bench.machine.reception.foreign, 1);
});

Deno.test("LabClient takes a stream from another address where the server's own sends none", () => {
  const bench = LabClientBench.in("playing");
  const packets = new StockPackets({});
  for (const [i, jpeg] of MOVIE.entries()) {
    for (const packet of packets.ofFrame(i, jpeg, 0)) bench.datagram(packet, "198.51.100.9");
  }
  assertEquals(bench.received.map(({ jpeg }) => jpeg), MOVIE);
  assertEquals(bench.logged("warning"), [
    "RTP comes from 198.51.100.9, the server's address is 192.0.2.7",
  ]);
});

Deno.test("LabClient counts datagrams that are no packets", () => {
  const bench = LabClientBench.in("playing");
  for (const bytes of [new Uint8Array(), new Uint8Array(11)]) bench.datagram(bytes);
  assertEquals(bench.machine.reception.foreign, 2);
});

const STREAMS: readonly (readonly [string, StockPacketOptions])[] = [
  ...[0, 1, 2, 3].map((version) => [`V=${version}`, { version }] as const),
  ["M=1", { marker: true }],
  ["any SSRC", { ssrc: 0xffff_ffff }],
  ["timestamps that stand still", { timestamp: () => 0 }],
  ["timestamps in 90 kHz", { timestamp: (i) => i * 4500 }],
  ["timestamps in milliseconds", { timestamp: (i) => i * 50 }],
  ["timestamps that go back", { timestamp: (i) => -i }],
  ["a first sequence number of 0", { firstSequence: 0 }],
  ["a wrap of the sequence number", { firstSequence: 65_530 }],
  ["pieces in way A", { cutting: { way: "A", size: 33 } }],
  ["pieces in way B", { cutting: { way: "B", size: 33 } }],
];
for (const [name, options] of STREAMS) {
  Deno.test(`LabClient receives a stream with ${name}`, () => {
    // Pieces that are alike byte by byte would be taken for one that came twice.
    const movie = MOVIE.map((frame) => frame.map((byte, i) => i < 4 || i > 97 ? byte : i));
    const bench = LabClientBench.in("playing");
    bench.frames(movie, 50, options);
    bench.advance(1000);
    assertEquals(bench.received.map(({ jpeg }) => jpeg), movie);
    const { lost, broken, duplicate, late } = bench.machine.reception;
    assertEquals({ lost, broken, duplicate, late }, { lost: 0, broken: 0, duplicate: 0, late: 0 });
    assertEquals(bench.kinds.at(-1), "endOfStream");
    const { jitterMs } = bench.report.summary(bench.machine.reception, bench.machine.figures);
    assertEquals(Math.round(jitterMs ?? NaN), 0);
  });
}

Deno.test("LabClient survives 20,000 damaged conversations", () => {
  const random = new SeededRandom(1);
  const reply = bytesOf("RTSP/1.0 200 OK\nCSeq: 1\nSession: 751858");
  const [packet = new Uint8Array()] = new StockPackets({}).ofFrame(0, MOVIE[0] ?? reply, 0);
  let isReady = 0;
  for (let run = 0; run < 20_000; run++) {
    const bench = new LabClientBench();
    bench.command("setup");
    bench.receive(damaged(reply, random));
    bench.advance(40);
    if (bench.machine.state === "ready") isReady++;
    bench.command("play");
    bench.datagram(damaged(packet, random));
    bench.receive(damaged(reply, random));
    bench.advance(40);
    bench.disconnected();
    assertEquals(bench.machine.state, "init");
  }
  assertEquals(isReady > 2000 && isReady < 18_000, true, `${isReady} were accepted`);
});
