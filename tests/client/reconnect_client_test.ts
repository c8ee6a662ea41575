import { assert, assertEquals } from "@std/assert";
import type { ClientOutput } from "../../lib/client/client_output.ts";
import { LabClient } from "../../lib/client/lab_client.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import { ReconnectClient } from "../../lib/client/reconnect_client.ts";
import { writeRtpHeader } from "../../lib/rtp/rtp_header.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { at } from "../support/now.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { StandardPair, type StandardPairOptions } from "../support/standard_pair.ts";
import { bytesOf, textOf } from "../support/text.ts";

const MOVIE = sampleJpegs(200, 384, 288);

/** Ten seconds of movie. */
function pairWith(options: Partial<StandardPairOptions> = {}): StandardPair {
  return new StandardPair({ frames: MOVIE, reconnects: true, ...options });
}

const statesOf = (pair: StandardPair) =>
  pair.outputs.flatMap((output) => output.kind === "state" ? [output.state] : []);

/** There is no network for so long. */
function interrupt(pair: StandardPair, ms: number): void {
  pair.isServerUp = false;
  pair.blocksUdp = true;
  pair.breakConnection();
  pair.advance(ms);
  pair.isServerUp = true;
  pair.blocksUdp = false;
}

/** Over UDP until the server has given up its session. */
for (const [transport, outageMs] of [["tcp", 3000], ["udp", 70_000]] as const) {
  Deno.test(`ReconnectClient goes on where the movie stood, over ${transport}`, () => {
    const pair = pairWith({ wishes: { transport } });
    pair.advance(2000);
    const before = pair.frames.length;
    interrupt(pair, outageMs);
    const { outcome, sentence, summary } = pair.run();
    assertEquals(outcome, "played");
    assertEquals(
      sentence,
      `Played ${pair.frames.length} frames of movie.Mjpeg from localhost:8554`,
    );
    assertEquals(pair.frames.map(({ number }) => number), pair.frames.map((_, i) => i + 1));
    const places = pair.frames.map(({ positionSeconds = -1 }) => Math.round(positionSeconds * 20));
    assertEquals(places, MOVIE.map((_, i) => i), "each frame once");
    assertEquals(statesOf(pair), ["ready", "playing", "ready", "init"]);
    assertEquals([summary.reconnects, summary.frames.whole], [1, 200]);
    assert(summary.packets.received > 0 && summary.packets.lost === 0);
    assertEquals(summary.perSecond.reduce((sum, { frames }) => sum + frames, 0), 200);
    assert(before > 30 && before < 50, `${before} frames before`);
    assert(Math.abs(summary.playingSeconds - 10) < 0.2, `${summary.playingSeconds} s`);
    assert(summary.durationSeconds > 13, `${summary.durationSeconds} s`);
  });
}

/** What comes of a movie without an outage. */
function undisturbed(frames: readonly Uint8Array[]): Uint8Array[] {
  const pair = new StandardPair({ frames });
  pair.run();
  return pair.jpegs;
}

const isSame = (a: Uint8Array, b: Uint8Array | undefined) =>
  a.length === b?.length && a.every((byte, i) => byte === b[i]);

/** Nothing says that the network is gone, and the server plays on to where the client was. */
for (
  const { name, options } of [
    { name: "tcp", options: { wishes: { transport: "tcp" } } },
    { name: "udp", options: { wishes: { transport: "udp" } } },
    { name: "udp, its ports given", options: { wishes: { transport: "udp" }, keepsPorts: true } },
    {
      name: "udp, its ports given, no SSRC told",
      options: {
        wishes: { transport: "udp" },
        keepsPorts: true,
        rewrite: (text: string) =>
          text.replace(/;ssrc=[0-9A-F]+/i, "").replace(/RTP-Info.*\r\n/, ""),
      },
    },
  ] as const
) {
  Deno.test(`ReconnectClient loses 30 s of network and nothing else, over ${name}`, () => {
    const frames = [...MOVIE, ...MOVIE, ...MOVIE, ...MOVIE];
    const pair = pairWith({ frames, ...options });
    pair.advance(2000);
    pair.isNetworkUp = false;
    pair.advance(30_000);
    const { length } = pair.frames;
    pair.isNetworkUp = true;
    const { outcome, summary } = pair.run();
    assertEquals([outcome, summary.reconnects, summary.packets.lost], ["played", 1, 0]);
    assert(length > 30 && length < 50, `${length} frames before`);
    const wanted = undisturbed(frames);
    const wrong = pair.jpegs.findIndex((jpeg, i) => !isSame(jpeg, wanted[i]));
    assertEquals([wrong, pair.jpegs.length], [-1, wanted.length], "each frame once, in order");
    const [noticedMs = 0, sentence = ""] = pair.told.find(([, message]) =>
      message.includes("tried again")
    ) ?? [];
    assert(noticedMs < 2000 + 5000 + 3000 + 10, `noticed at ${noticedMs} ms`);
    assert(
      sentence.includes("nothing has come for 8 s, and GET_PARAMETER was not answered within 3 s"),
      sentence,
    );
    const [playingMs = Infinity] =
      pair.told.find(([, message]) => message.startsWith("Playing again")) ?? [];
    assert(playingMs > 32_000 && playingMs < 32_000 + 10_000, `playing again at ${playingMs} ms`);
  });
}

Deno.test("ReconnectClient leaves the multicast group of a play that failed, and joins it again", () => {
  const group = "RTP/AVP;multicast;destination=239.1.2.3;port=5004-5005";
  const rewrite = (text: string) => text.replace(/^Transport: .*\r$/m, `Transport: ${group}\r`);
  const pair = pairWith({ wishes: { transport: "udp" }, rewrite });
  pair.advance(2000);
  interrupt(pair, 3000);
  const { outcome, summary } = pair.run();
  assertEquals([outcome, summary.reconnects], ["played", 1]);
  const kinds = pair.outputs.flatMap(({ kind }) => /Group$/.test(kind) ? [kind] : []);
  assertEquals(kinds, ["joinGroup", "leaveGroup", "joinGroup", "leaveGroup"]);
});

Deno.test("ReconnectClient leaves a slow stream alone, whose server answers", () => {
  const pair = pairWith({
    frames: MOVIE.slice(0, 12),
    framesPerSecond: 0.1,
    wishes: { transport: "udp" },
  });
  const { outcome, summary } = pair.run();
  assertEquals([outcome, summary.reconnects, summary.frames.whole], ["played", 0, 12]);
});

Deno.test("ReconnectClient tries after 0.5, 1, 2 s and so on, and says so", () => {
  const pair = pairWith({ wishes: { transport: "tcp" } });
  pair.advance(2000);
  interrupt(pair, 30_000);
  assertEquals(pair.run().outcome, "played");
  const waits = pair.logged("warning").map((line) => / tried again in (\S+) s$/.exec(line)?.[1]);
  assertEquals(waits, ["0.5", "1", "2", "4", "8", "10", "10"].slice(0, waits.length));
  assert(waits.length >= 6, waits.join());
  assertEquals(pair.logged("info").filter((line) => line.startsWith("Playing again")).length, 1);
});

Deno.test("ReconnectClient fails as ever where no frame had come", () => {
  const pair = pairWith({ url: "rtsp://localhost:8554/none" });
  const { outcome, sentence, summary } = pair.run();
  assertEquals([outcome, summary.reconnects], ["refused", 0]);
  assert(sentence.includes("404"), sentence);
});

Deno.test("ReconnectClient ends when its user says so, in a wait and on the way back", () => {
  for (const waitMs of [100, 501]) {
    const pair = pairWith({ wishes: { transport: "tcp" } });
    pair.advance(2000);
    const { length } = pair.frames;
    interrupt(pair, waitMs);
    pair.stop();
    const { outcome, sentence } = pair.run();
    assertEquals(outcome, "played");
    assertEquals(sentence, `Played ${length} frames of movie.Mjpeg from localhost:8554`);
    assertEquals(pair.logged("warning").filter((line) => line.includes("TEARDOWN")), []);
  }
});

Deno.test("ReconnectClient counts the wait into the playing time that was asked for", () => {
  const plan = { durationMs: 4000 };
  const pair = pairWith({ plan, wishes: { transport: "tcp" } });
  pair.advance(2000);
  pair.isServerUp = false;
  pair.breakConnection();
  assertEquals(pair.run().outcome, "played");
  assert(pair.nowMs >= 4000 && pair.nowMs < 4200, `${pair.nowMs} ms`);
});

Deno.test("ReconnectClient lets a paused play fail", () => {
  const plan = { steps: [], then: "wait", playSetsUp: true } as const;
  const pair = pairWith({ plan, wishes: { transport: "tcp" } });
  pair.command({ kind: "play" });
  pair.advance(1000);
  pair.command({ kind: "pause" });
  pair.advance(1000);
  pair.breakConnection();
  assertEquals(pair.outputs.filter(({ kind }) => kind === "failure").length, 1);
  assertEquals(statesOf(pair).at(-1), "init");
});

Deno.test("ReconnectClient begins anywhere where the server refuses the place", () => {
  let refusals = 0;
  const rewrite = (text: string) => {
    if (
      pair?.isServerUp && pair.requests.at(-1)?.includes("npt=2") && text.includes("200 OK") &&
      refusals++ === 0
    ) {
      return text.replace("200 OK", "457 Invalid Range");
    }
    return text;
  };
  let pair: StandardPair | undefined = undefined as StandardPair | undefined;
  pair = pairWith({ wishes: { transport: "tcp" }, rewrite, plan: { frames: 60 } });
  pair.advance(2050);
  interrupt(pair, 100);
  const { outcome, summary } = pair.run();
  assertEquals([outcome, summary.reconnects, summary.frames.whole], ["played", 1, 60]);
  assert(refusals > 0);
  assert(pair.logged("warning").some((line) => line.includes("457")));
});

const SOURCE = { host: "h", port: 8554, file: "movie.Mjpeg" };
const LINK = { serverAddress: "192.0.2.7", rtpPort: 6000 };
const [JPEG = new Uint8Array()] = fakeFrames(1);
const kindsOf = (outputs: readonly ClientOutput[]) =>
  outputs.map(({ kind }) => kind).filter((kind) => kind !== "log" && kind !== "message");
const linesOf = (outputs: readonly ClientOutput[]) =>
  outputs.flatMap((output) =>
    output.kind === "write" ? [textOf(output.bytes).split(/\r?\n/)[0]] : []
  );

/** A lab client that has taken its first frame at 10 ms, and hears no more: 3 s for a second one. */
function silentLab(): { client: ReconnectClient; outputs: ClientOutput[] } {
  const report = new PlayReport();
  const client = new ReconnectClient(() => new LabClient(SOURCE, report), SOURCE);
  client.command({ kind: "setup" }, at(0));
  client.command({ kind: "play" }, at(0));
  client.connected(LINK, at(0));
  client.receive(bytesOf("RTSP/1.0 200 OK\nCSeq: 1\nSession: 5\n\n"), at(1));
  client.receive(bytesOf("RTSP/1.0 200 OK\nCSeq: 2\nSession: 5\n\n"), at(2));
  const datagram = new Uint8Array(12 + JPEG.length);
  const header = { payloadType: 26, sequence: 1, timestamp: 0, ssrc: 0, marker: true };
  writeRtpHeader(datagram, 0, header);
  datagram.set(JPEG, 12);
  const outputs = client.datagram("rtp", datagram, LINK.serverAddress, at(10));
  assertEquals(kindsOf(outputs), ["frame"]);
  let nowMs = 10;
  while (client.state === "playing" && nowMs < 5000 && linesOf(outputs).length === 0) {
    nowMs = client.wakeAtMs ?? 5000;
    outputs.push(...client.tick(at(nowMs)));
  }
  assertEquals(linesOf(outputs), ["TEARDOWN movie.Mjpeg RTSP/1.0"]);
  assertEquals(nowMs, 3010);
  return { client, outputs };
}

Deno.test("ReconnectClient takes a lab server's silence for the end where TEARDOWN is answered", () => {
  const { client } = silentLab();
  const outputs = client.receive(bytesOf("RTSP/1.0 200 OK\nCSeq: 3\nSession: 5\n\n"), at(3020));
  assertEquals(kindsOf(outputs).slice(-2), ["endOfStream", "state"]);
  assertEquals([client.state, client.figures.reconnects], ["init", 0]);
});

Deno.test("ReconnectClient takes it for a loss of the network where TEARDOWN is not answered", () => {
  const { client } = silentLab();
  assertEquals(client.wakeAtMs, 4010);
  const lost = client.tick(at(4010));
  assertEquals(kindsOf(lost), ["close", "releasePorts"]);
  assertEquals([client.state, client.wakeAtMs], ["playing", 4510]);
  assertEquals(kindsOf(client.tick(at(4510))), ["connect"]);
  assertEquals(linesOf(client.connected(LINK, at(4511))), ["SETUP movie.Mjpeg RTSP/1.0"]);
  client.receive(bytesOf("RTSP/1.0 200 OK\nCSeq: 1\nSession: 6\n\n"), at(4512));
  client.receive(bytesOf("RTSP/1.0 200 OK\nCSeq: 2\nSession: 6\n\n"), at(4513));
  assertEquals([client.state, client.figures.reconnects], ["playing", 1]);
});
