import { assert, assertEquals, assertMatch } from "@std/assert";
import type { ClientFrame } from "../../lib/client/client_frame.ts";
import { LabClient } from "../../lib/client/lab_client.ts";
import { PLAY_THROUGH, type PlayPlan } from "../../lib/client/play_plan.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import type { PlayResult } from "../../lib/client/play_result.ts";
import { PlayRunner } from "../../lib/client/play_runner.ts";
import { NO_IMPAIRMENT } from "../../lib/net_impair/impairment.ts";
import { ClientHost, type PlayEvent } from "../../lib/sockets/client_host.ts";
import type { ReadingPatience } from "../../lib/sockets/client_rtp_socket.ts";
import type { WireTap } from "../../lib/sockets/wire_tap.ts";
import { ffiCase } from "./ffi_case.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { StockServer, type StockServerOptions } from "../support/stock_server.ts";

/** Frames without two pieces that are alike byte by byte. */
const MOVIE = fakeFrames(30, 200).map((frame) =>
  frame.map((byte, i) => i < 4 || i > 197 ? byte : i)
);

/** A client that plays, and what it said. */
class Play {
  readonly frames: ClientFrame[] = [];
  readonly events: PlayEvent[] = [];
  readonly host: ClientHost;
  readonly result: Promise<PlayResult>;
  readonly #reached = new Map<number, () => void>();

  constructor(
    port: number,
    plan: Partial<PlayPlan> = {},
    file = "movie.Mjpeg",
    rtpPort = 0,
    capture?: WireTap,
    patience?: ReadingPatience,
  ) {
    const source = { host: "127.0.0.1", port, file };
    const report = new PlayReport();
    const machine = new LabClient(source, report);
    const runner = new PlayRunner(machine, report, source, { ...PLAY_THROUGH, ...plan });
    this.host = new ClientHost({
      ...{ runner, rtpPort, notice: (event) => this.#notice(event) },
      ...capture !== undefined && { capture },
      ...patience !== undefined && { patience },
    });
    this.result = this.host.play();
  }

  /** Resolves when so many frames have come. */
  reached(frames: number): Promise<void> {
    return new Promise((resolve) => this.#reached.set(frames, resolve));
  }

  get jpegs(): Uint8Array[] {
    return this.frames.map(({ jpeg }) => jpeg);
  }

  #notice(event: PlayEvent): void {
    this.events.push(event);
    if (event.kind !== "frame") return;
    this.frames.push(event.frame);
    this.#reached.get(this.frames.length)?.();
  }
}

function start(options: Partial<StockServerOptions> = {}): StockServer {
  return StockServer.start({ frames: MOVIE, ...options });
}

Deno.test("ClientHost plays a stock server to its end", async () => {
  await using server = start();
  const play = new Play(server.port);
  const { outcome, sentence, summary } = await play.result;
  assertEquals([outcome, sentence], [
    "played",
    `Played 30 frames of movie.Mjpeg from 127.0.0.1:${server.port}`,
  ]);
  assertEquals(play.jpegs, MOVIE);
  assertEquals([summary.packets.lost, summary.frames.broken], [0, 0]);
  const [setup = "", ...others] = server.requests;
  assertMatch(
    setup,
    /^SETUP movie\.Mjpeg RTSP\/1\.0\nCSeq: 1\nTransport: RTP\/UDP; client_port= \d+$/,
  );
  assertEquals(others, [
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
    "TEARDOWN movie.Mjpeg RTSP/1.0\nCSeq: 3\nSession: 115166",
  ]);
});

const VARIANTS: readonly (readonly [string, Partial<StockServerOptions>])[] = [
  ...[0, 1, 2, 3].map((version) => [`sends V=${version}`, { version }] as const),
  ["marks every frame", { marker: true }],
  ["has an SSRC", { ssrc: 0x89ab_cdef }],
  ["stamps in 90 kHz", { timestamp: (frame) => frame * 4500 }],
  ["stamps with anything", { timestamp: (frame) => frame * 2_654_435_761 }],
  ["counts from 0", { firstSequence: 0 }],
  ["wraps its sequence number", { firstSequence: 65_520 }],
  ["cuts frames in way A", { cutting: { way: "A", size: 60 } }],
  ["cuts frames in way B", { cutting: { way: "B", size: 60 } }],
  ["sends every third packet twice", { duplicate: (packet) => packet % 3 === 0 }],
  ["sends every fifth packet late", { late: (packet) => packet % 5 === 3 }],
  ["reads 1,024 bytes at once", { readSize: 1024 }],
];
for (const [name, options] of VARIANTS) {
  Deno.test(`ClientHost plays a server that ${name}`, async () => {
    await using server = start(options);
    const play = new Play(server.port, { frames: MOVIE.length });
    const { outcome, summary } = await play.result;
    assertEquals([outcome, play.jpegs], ["played", MOVIE]);
    assertEquals([summary.packets.lost, summary.packets.late, summary.frames.broken], [0, 0, 0]);
    assertEquals(server.requests.map((text) => text.split(" ")[0]), ["SETUP", "PLAY", "TEARDOWN"]);
  });
}

Deno.test("ClientHost plays a server that loses packets and sends empty ones at the end", async () => {
  await using server = start({ lose: (packet) => packet % 10 === 4, emptyAtEnd: 20 });
  const play = new Play(server.port);
  const { outcome, summary } = await play.result;
  assertEquals(outcome, "played");
  assertEquals(play.jpegs, MOVIE.filter((_, i) => i % 10 !== 4));
  assertEquals([summary.packets.lost, summary.packets.expected], [3, 30]);
});

Deno.test("ClientHost.impair() acts from the next datagram on, and as often as it is told", async () => {
  await using server = start();
  let datagrams = 0;
  const play: Play = new Play(server.port, {}, "movie.Mjpeg", 0, ({ direction, transport }) => {
    if (direction !== "in" || transport !== "udp") return;
    datagrams++;
    if (datagrams === 6) play.host.impair({ ...NO_IMPAIRMENT, loss: 1 });
    if (datagrams === 10) play.host.impair(undefined);
  });
  const { summary } = await play.result;
  assertEquals(play.jpegs, [...MOVIE.slice(0, 5), ...MOVIE.slice(9)]);
  assertEquals(summary.packets.lost, 4);
});

Deno.test("ClientHost pauses and goes on, though the server's port changes", async () => {
  await using server = start({ sourcePort: "each play" });
  const pause = [{ kind: "wait", ms: 15 }, { kind: "pause" }, { kind: "wait", ms: 60 }] as const;
  const steps = [{ kind: "setup" }, { kind: "play" }, ...pause, { kind: "play" }] as const;
  const play = new Play(server.port, { steps, frames: MOVIE.length });
  const { outcome, summary } = await play.result;
  assertEquals([outcome, play.jpegs], ["played", MOVIE]);
  assertEquals([summary.packets.lost, summary.packets.duplicate], [0, 0]);
  const methods = ["SETUP", "PLAY", "PAUSE", "PLAY", "TEARDOWN"];
  assertEquals(server.requests.map((text) => text.split(" ")[0]), methods);
});

Deno.test("ClientHost tells of a missing file that the server answers with a closed connection", async () => {
  await using server = start({ missingFile: "drop" });
  const { outcome, sentence } = await new Play(server.port, {}, "none").result;
  assertEquals([outcome, sentence], [
    "failed",
    `Cannot play none from 127.0.0.1:${server.port}: PLAY was not answered, ` +
    "the server closed the connection",
  ]);
});

Deno.test("ClientHost tells of a refusal, whatever session it carries", async () => {
  for (const refuseSession of ["0", "own", "none"] as const) {
    await using server = start({ refuse: { SETUP: "404 File Not Found" }, refuseSession });
    const { outcome, sentence } = await new Play(server.port).result;
    assertEquals([outcome, sentence], [
      "refused",
      `Cannot play movie.Mjpeg from 127.0.0.1:${server.port}: ` +
      "SETUP was answered 404 File Not Found",
    ]);
    assertEquals(server.requests.length, 1);
  }
});

Deno.test("ClientHost tears down when PLAY is refused", async () => {
  await using server = start({ refuse: { PLAY: "500 CONNECTION ERROR" } });
  const { outcome } = await new Play(server.port).result;
  assertEquals(outcome, "refused");
  assertEquals(server.requests.map((text) => text.split(" ")[0]), ["SETUP", "PLAY"]);
});

Deno.test("ClientHost tells when the server drops the connection in mid-play", async () => {
  await using server = start({ dropAfterFrames: 12 });
  const play = new Play(server.port);
  const { outcome, sentence, summary } = await play.result;
  assertEquals(outcome, "failed");
  assertMatch(
    sentence,
    /: the server (?:closed the connection|broke the connection off) after \d+ frames$/,
  );
  assertEquals(play.jpegs, MOVIE.slice(0, play.frames.length));
  assertEquals(summary.frames.whole, play.frames.length);
});

ffiCase(
  "ClientHost gives all frames that came before the server dropped the connection",
  async () => {
    await using server = start({ dropAfterFrames: 12 });
    const cameMs: number[] = [];
    const capture: WireTap = ({ transport, direction, now }) => {
      if (transport === "udp" && direction === "in") cameMs.push(now.monotonicMs);
    };
    const patience = { lagMs: 60_000, eagerMs: 1 };
    const play = new Play(server.port, {}, "movie.Mjpeg", 0, capture, patience);
    const { outcome } = await play.result;
    assertEquals([outcome, play.jpegs], ["failed", MOVIE.slice(0, 12)]);
    const late = play.frames.slice(4).map(({ arrivalMs }) => arrivalMs); // were read all at once
    assertEquals(new Set(late).size, late.length);
    assertEquals(new Set(cameMs.slice(4)).size, late.length);
  },
);

Deno.test("ClientHost tells when the server is killed in mid-play", async () => {
  await using server = start({ intervalMs: 5 });
  const play = new Play(server.port);
  await play.reached(5);
  await server.close();
  const { outcome, sentence } = await play.result;
  assertEquals(outcome, "failed");
  assertMatch(sentence, /^Cannot go on playing movie\.Mjpeg from 127\.0\.0\.1:\d+: the server /);
});

Deno.test("ClientHost.stop() tears down, and what came counts as played", async () => {
  await using server = start({ intervalMs: 5 });
  const play = new Play(server.port);
  await play.reached(5);
  play.host.stop();
  const { outcome, summary } = await play.result;
  assertEquals([outcome, play.jpegs], ["played", MOVIE.slice(0, summary.frames.whole)]);
  assertEquals(server.requests.at(-1)?.split(" ")[0], "TEARDOWN");
});

Deno.test("ClientHost.stop() waits a second at most for the answer to TEARDOWN", async () => {
  await using server = start({ silentTo: ["TEARDOWN"] });
  const play = new Play(server.port);
  await play.reached(5);
  const before = performance.now();
  play.host.stop();
  assertEquals((await play.result).outcome, "played");
  const ms = performance.now() - before;
  assert(ms >= 990 && ms < 1500, `it took ${ms} ms`);
});

Deno.test("ClientHost.stop() before the first frame is no play", async () => {
  await using server = start({ silentTo: ["SETUP"] });
  const play = new Play(server.port);
  play.host.stop();
  const { outcome, sentence } = await play.result;
  assertEquals([outcome, sentence], [
    "failed",
    `Cannot play movie.Mjpeg from 127.0.0.1:${server.port}: interrupted before the first frame came`,
  ]);
});

Deno.test("ClientHost tells when nobody listens", async () => {
  const server = start();
  const { port } = server;
  await server.close();
  const { outcome, sentence } = await new Play(port).result;
  assertEquals([outcome, sentence], [
    "failed",
    `Cannot play movie.Mjpeg from 127.0.0.1:${port}: nobody listens there (connection refused)`,
  ]);
});

Deno.test("ClientHost tells when another program has the RTP port", async () => {
  await using server = start();
  const taken = Deno.listenDatagram({ transport: "udp", hostname: "0.0.0.0", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const { outcome, sentence } = await new Play(server.port, {}, "movie.Mjpeg", port).result;
  taken.close();
  assertEquals([outcome, sentence], [
    "failed",
    `Cannot play movie.Mjpeg from 127.0.0.1:${server.port}: ` +
    `UDP port ${port} for RTP cannot be had: another program has it`,
  ]);
});

Deno.test("two clients play one server at once", async () => {
  await using server = start();
  const plays = [1, 2].map(() => new Play(server.port, { frames: MOVIE.length }));
  for (const play of plays) {
    assertEquals((await play.result).outcome, "played");
    assertEquals(play.jpegs, MOVIE);
  }
});

Deno.test("ClientHost does what its user asks for, session after session", async () => {
  await using server = start();
  const play = new Play(server.port, { steps: [], then: "wait", playSetsUp: true });
  for (let round = 1; round <= 2; round++) {
    const all = play.reached(30 * round);
    play.host.command({ kind: "play" });
    await all;
    play.host.command({ kind: "stop" });
    while (server.requests.length < 3 * round) await new Promise((go) => setTimeout(go, 5));
    await new Promise((go) => setTimeout(go, 60));
  }
  play.host.command({ kind: "quit" });
  assertEquals((await play.result).outcome, "played");
  assertEquals(play.jpegs, [...MOVIE, ...MOVIE]);
  assertEquals(server.connections, 2);
});
