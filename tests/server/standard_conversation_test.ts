import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { parseCompound } from "../../lib/rtcp/compound.ts";
import { JpegDepacketizer } from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { MovieReadError } from "../../lib/movie/movie_read_error.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { StandardPeer, TCP, TRACK_URL, UDP, URL } from "../support/standard_peer.ts";
import { textOf } from "../support/text.ts";

/** The frames that were sent, as indexes into the movie, by their first payload's bytes. */
function framesSent(peer: StandardPeer): number[] {
  const first = peer.movie.frames.map((jpeg) => {
    const depacketizer = new JpegDepacketizer();
    return { jpeg, depacketizer };
  });
  return peer.server.frames.map(({ frame }) => {
    const depacketizer = new JpegDepacketizer();
    const out = frame.payloads.flatMap((payload, i) =>
      depacketizer.push({ payload, timestamp: 1, marker: i === frame.payloads.length - 1 }, 0)
    );
    const [made] = out;
    if (made?.kind !== "frame") return -1;
    const scan = (jpeg: Uint8Array) => textOf(jpeg.subarray(jpeg.length - 200));
    return first.findIndex(({ jpeg }) => scan(jpeg) === scan(made.jpeg));
  });
}

Deno.test("§10.1 OPTIONS of * and of a URL lists what is really handled", () => {
  const peer = new StandardPeer();
  for (const uri of ["*", URL, "rtsp://127.0.0.1/nothing"]) {
    const reply = peer.ask("OPTIONS", uri);
    assertEquals([reply.status, reply.headers.get("Public")], [
      200,
      "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER",
    ]);
  }
});

Deno.test("§12.17 CSeq is echoed, and a request without a good one is refused", () => {
  const { server } = new StandardPeer();
  const ask = (cseq: string) => server.ask(`OPTIONS * RTSP/1.0\r\n${cseq}\r\n`);
  assertStringIncludes(ask("CSeq: 4711\r\n"), "\r\nCSeq: 4711\r\n");
  assertMatch(ask(""), /^RTSP\/1\.0 400 Bad Request\r\n/);
  assertMatch(ask("CSeq: abc\r\n"), /^RTSP\/1\.0 400 Bad Request\r\n(?!CSeq)/);
});

Deno.test("§12.17 a retransmitted request is answered, not run twice", () => {
  const peer = new StandardPeer();
  const setup = peer.request("SETUP", TRACK_URL, { Transport: UDP });
  const [first, second] = [peer.server.ask(setup), peer.server.ask(setup)];
  assertEquals([first, peer.server.machine.sessions.size], [second, 1]);
});

Deno.test("§10.2 DESCRIBE stands alone and describes the movie", () => {
  const peer = new StandardPeer();
  const reply = peer.ask("DESCRIBE", URL, { Accept: "application/sdp" });
  assertEquals(reply.status, 200);
  assertEquals(reply.headers.get("Content-Base"), `${URL}/`);
  assertEquals(reply.headers.get("Content-Type"), "application/sdp");
  const lines = textOf(reply.body).split("\r\n");
  assertMatch(lines[1] ?? "", /^o=- \d+ \d+ IN IP4 127\.0\.0\.1$/);
  lines.splice(1, 1);
  assertEquals(lines, [
    "v=0",
    "s=movie.Mjpeg",
    "c=IN IP4 0.0.0.0",
    "t=0 0",
    "a=control:*",
    "a=range:npt=0-2.000",
    'a=etag:"fake"',
    "m=video 0 RTP/AVP 26",
    "a=rtpmap:26 JPEG/90000",
    "a=control:trackID=0",
    "a=framerate:20",
    "a=x-dimensions:384,288",
    "a=framesize:26 384-288",
    "",
  ]);
  assertEquals([peer.movie.leased, peer.server.machine.sessions.size], [0, 0]);
});

Deno.test("§10.2 DESCRIBE answers 406 where Accept cannot be met", () => {
  const peer = new StandardPeer();
  const status = (accept: string) => peer.ask("DESCRIBE", URL, { Accept: accept }).status;
  assertEquals(
    ["application/rtsl", "application/sdp;q=0", "text/*, application/sdp", "*/*", "application/*"]
      .map(status),
    [406, 406, 200, 200, 200],
  );
});

Deno.test("§11.3 a movie that is not there is 404, one that is none is 415 with the reason", () => {
  const peer = new StandardPeer();
  assertEquals(peer.ask("DESCRIBE", "rtsp://127.0.0.1/other").status, 404);
  assertEquals(peer.ask("SETUP", "rtsp://127.0.0.1/other", { Transport: UDP }).status, 404);
  const broken = new StandardPeer({}, new FakeMovie("movie.Mjpeg", fakeFrames(3)));
  for (const method of ["DESCRIBE", "SETUP"]) {
    const reply = broken.ask(method, URL, { Transport: UDP });
    assertEquals([reply.status, reply.headers.get("Content-Type")], [
      415,
      "text/plain;charset=utf-8",
    ]);
    assertMatch(textOf(reply.body), /^"movie\.Mjpeg" cannot be played: Cannot parse JPEG/);
  }
  assertEquals(broken.movie.leased, 0);
});

Deno.test("§10.4, §12.39 SETUP by UDP agrees on even and odd ports and an SSRC", () => {
  const peer = new StandardPeer();
  for (const uri of [TRACK_URL, URL, `${URL}/`]) {
    const reply = peer.ask("SETUP", uri, { Transport: UDP });
    assertMatch(reply.headers.get("Session") ?? "", /^[0-9a-f]{32};timeout=60$/);
    assertMatch(
      reply.headers.get("Transport") ?? "",
      /^RTP\/AVP;unicast;source=127\.0\.0\.1;client_port=5000-5001;server_port=6970-6971;ssrc=[0-9A-F]{8};mode="PLAY"$/,
    );
  }
});

Deno.test("§10.12 SETUP by TCP gives the channels asked for, or free ones", () => {
  const peer = new StandardPeer();
  const channels = (transport: string) =>
    peer.ask("SETUP", TRACK_URL, { Transport: transport }).headers.get("Transport")
      ?.match(/interleaved=(\d+-\d+)/)?.[1];
  assertEquals(channels(TCP), "0-1");
  assertEquals(channels("RTP/AVP/TCP;interleaved=0-1"), "2-3");
  assertEquals(channels("RTP/AVP/TCP;interleaved=254-255"), "254-255");
  assertEquals(channels("RTP/AVP/TCP"), "4-5");
});

const REFUSED_TRANSPORTS = [
  "RTP/AVP;unicast;client_port=0-1",
  "RTP/AVP/TCP;interleaved=255-256",
  "RTP/AVP;unicast;client_port=9-5",
];
for (const transport of REFUSED_TRANSPORTS) {
  Deno.test(`§12.39 SETUP with ${transport} is 400`, () => {
    assertEquals(new StandardPeer().ask("SETUP", TRACK_URL, { Transport: transport }).status, 400);
  });
}

Deno.test("§11.3 SETUP is 461 without a transport that can be served", () => {
  const peer = new StandardPeer();
  const status = (transport: string) =>
    peer.ask("SETUP", TRACK_URL, { Transport: transport }).status;
  assertEquals(
    [
      "RTP/SAVP;unicast;client_port=5000-5001",
      "RTP/AVP;unicast;destination=192.0.2.1;client_port=5000-5001",
      "RTP/AVP;multicast",
    ].map(status),
    [461, 461, 461],
  );
  assertEquals(peer.ask("SETUP", TRACK_URL).status, 461);
});

Deno.test("§11.3 SETUP is 453 when there are too many sessions", () => {
  const peer = new StandardPeer({ maxSessions: 2 });
  assertEquals([peer.setup(), peer.setup()].some((id) => id.startsWith("status")), false);
  assertEquals(peer.setup(), "status 453");
});

Deno.test("§12.7 Blocksize is not exceeded", () => {
  const peer = new StandardPeer({}, new FakeMovie("movie.Mjpeg", sampleJpegs(3, 320, 240)));
  const reply = peer.ask("SETUP", TRACK_URL, { Transport: UDP, Blocksize: "500" });
  peer.play(reply.headers.get("Session")?.split(";")[0] ?? "");
  const lengths = peer.server.frames.flatMap(({ frame }) =>
    frame.payloads.map(({ length }) => length)
  );
  assert(lengths.length > 2);
  assertEquals(Math.max(...lengths), 500);
  for (const size of ["50", "many"]) {
    assertEquals(peer.ask("SETUP", TRACK_URL, { Transport: UDP, Blocksize: size }).status, 456);
  }
});

Deno.test("§12.22 If-Match with another etag is 412", () => {
  const peer = new StandardPeer();
  const status = (etag: string) =>
    peer.ask("SETUP", TRACK_URL, { Transport: UDP, "If-Match": etag }).status;
  assertEquals(['"fake"', '"old", "fake"', "*", '"old"'].map(status), [200, 200, 200, 412]);
});

Deno.test("§10.5, §12.33 PLAY tells the real range, and RTP-Info the first packet", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  const reply = peer.play(id, { Range: "npt=0.5-1" });
  assertEquals([reply.status, reply.headers.get("Range")], [200, "npt=0.5-1"]);
  const info = reply.headers.get("RTP-Info") ?? "";
  const [, seq, rtptime] = /^url=rtsp:.*\/trackID=0;seq=(\d+);rtptime=(\d+)$/.exec(info) ?? [];
  const first = peer.server.frames[0]?.header;
  assertEquals([first?.sequence, first?.timestamp], [Number(seq), Number(rtptime)]);
  peer.server.advance(3000);
  assertEquals(framesSent(peer), [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

Deno.test("§10.5 the end of the range pauses; resume without Range goes on", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id, { Range: "npt=0-0.2" });
  peer.server.advance(1000);
  assertEquals(peer.server.machine.sessions.get(id)?.state, "ready");
  const reply = peer.play(id);
  assertEquals(reply.headers.get("Range"), "npt=0.2-2");
  peer.server.advance(100);
  assertEquals(framesSent(peer), [0, 1, 2, 3, 4, 5, 6]);
});

Deno.test("§10.6 PAUSE stops now, and PLAY without Range continues", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id);
  peer.server.advance(120);
  const reply = peer.ask("PAUSE", URL, { Session: id });
  assertEquals([reply.status, reply.headers.get("Range")], [200, "npt=0.15-"]);
  peer.server.advance(1000);
  assertEquals(peer.play(id).headers.get("Range"), "npt=0.15-2");
  peer.server.advance(60);
  assertEquals(framesSent(peer), [0, 1, 2, 3, 4]);
});

Deno.test("§10.6 PAUSE at a point stops there; 457 outside the range", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id, { Range: "npt=0.5-1.5" });
  const pause = (range: string) => peer.ask("PAUSE", URL, { Session: id, Range: range }).status;
  assertEquals([pause("npt=0.2-"), pause("npt=1.8-")], [457, 457]);
  assertEquals(pause("npt=0.75-"), 200);
  assertEquals(peer.server.machine.sessions.get(id)?.state, "playing");
  peer.server.advance(1000);
  assertEquals(framesSent(peer), [10, 11, 12, 13, 14]);
  assertEquals(peer.server.machine.sessions.get(id)?.state, "ready");
  assertEquals(peer.server.controls.length, 1, "a pause is no end of the stream");
});

Deno.test("§10.7 TEARDOWN is answered, says BYE and frees the session", () => {
  for (const uri of [URL, TRACK_URL]) {
    const peer = new StandardPeer();
    const id = peer.setup();
    peer.play(id);
    assertEquals(peer.ask("TEARDOWN", uri, { Session: id }).status, 200);
    assertEquals([peer.server.machine.sessions.size, peer.movie.leased], [0, 0]);
    assertEquals(lastControl(peer), ["sender report", "source description", "goodbye"]);
    const sent = peer.server.frames.length;
    peer.server.advance(1000);
    assertEquals(peer.server.frames.length, sent);
    assertEquals(peer.ask("PLAY", URL, { Session: id }).status, 454);
  }
});

function lastControl(peer: StandardPeer): string[] {
  const last = peer.server.controls.at(-1);
  const result = last && parseCompound(last.bytes);
  return result?.kind === "packets" ? result.packets.map(({ kind }) => kind) : [];
}

Deno.test("§10.8 an empty GET_PARAMETER is a sign of life; names are answered, or 451 names them", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  assertEquals(peer.ask("GET_PARAMETER", URL, { Session: id }).status, 200);
  assertEquals(peer.ask("GET_PARAMETER", "*").status, 200);
  const typed = { "Session": id, "Content-Type": "text/parameters" };
  const known = peer.ask("GET_PARAMETER", URL, typed, "position\r\nframes_sent\r\n");
  assertEquals([known.status, textOf(known.body)], [200, "position: 0\r\nframes_sent: 0\r\n"]);
  const unknown = peer.ask("GET_PARAMETER", URL, typed, "position\r\nconstructor\r\n");
  assertEquals([unknown.status, textOf(unknown.body)], [451, "constructor\r\n"]);
});

Deno.test("§10.9 SET_PARAMETER does all or nothing; 451 and 458 name the parameters", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  const set = (body: string, type = "text/parameters") =>
    peer.ask("SET_PARAMETER", URL, { "Session": id, "Content-Type": type }, body);
  assertEquals(peer.ask("SET_PARAMETER", URL, { Session: id }).status, 200);
  assertEquals(textOf(set("position: 5\r\nvolume: 9\r\n").body), "volume\r\n");
  assertEquals([set("volume: 9\r\n").status, set("position: 5\r\n").status], [451, 458]);
  assertEquals(set("x", "application/json").status, 415);
  assertEquals(peer.ask("SET_PARAMETER", URL, { Session: id }, "volume: 9\r\n").status, 451);
});

Deno.test("§11.3 405 with Allow, 501 with Public, 505, 551 with Unsupported", () => {
  const peer = new StandardPeer();
  for (const method of ["ANNOUNCE", "RECORD", "REDIRECT"]) {
    const reply = peer.ask(method);
    assertEquals([reply.status, reply.headers.has("Allow")], [405, true]);
  }
  for (const method of ["constructor", "__proto__", "REWIND"]) {
    const reply = peer.ask(method);
    assertEquals([reply.status, reply.headers.has("Public")], [501, true]);
  }
  const required = peer.ask("OPTIONS", URL, { Require: "funky-feature, other" });
  assertEquals([required.status, required.headers.get("Unsupported")], [
    551,
    "funky-feature, other",
  ]);
  assertMatch(
    peer.server.ask("OPTIONS * RTSP/2.0\r\nCSeq: 9\r\n\r\n"),
    /^RTSP\/1\.0 505 .*\r\nCSeq: 9/,
  );
});

Deno.test("§11.3 455 with Allow in a wrong state, 454 without a session", () => {
  const peer = new StandardPeer();
  assertEquals(["PLAY", "PAUSE", "TEARDOWN"].map((method) => peer.ask(method).status), [
    454,
    454,
    454,
  ]);
  assertEquals(peer.ask("PLAY", URL, { Session: "0123456789abcdef" }).status, 454);
});

Deno.test("§11.3 457 for a range that is not in the movie", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  const status = (range: string) => peer.play(id, { Range: range }).status;
  assertEquals(["npt=2-", "npt=1-0.5", "clock=20260101T000000Z-"].map(status), [457, 457, 457]);
  assertEquals(status("npt=x-"), 400);
  assertEquals(peer.server.machine.sessions.get(id)?.state, "ready");
});

Deno.test("§12.34, §12.35 the reply holds the real Scale and Speed", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  const reply = peer.play(id, { Scale: "-20", Speed: "2" });
  assertEquals(
    ["Scale", "Speed", "Range"].map((name) => reply.headers.get(name)),
    ["-8", "2", "npt=2-0"],
  );
  peer.server.advance(1000);
  assertEquals(framesSent(peer), [39, 31, 23, 15, 7]);
  const gaps = peer.server.frameTimes.map((ms, i, all) => ms - (all[i - 1] ?? ms)).slice(1);
  assertEquals(gaps, [25, 25, 25, 25]);
});

Deno.test("App. B: sequence and timestamp go on over pauses and seeks, as RTP-Info says", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  const infos = ["npt=0-0.2", "npt=1.5-1.6", "npt=0.3-0.4"].map((range) => {
    const info = peer.play(id, { Range: range }).headers.get("RTP-Info");
    peer.server.advance(2000);
    return info?.replace(/^.*seq=/, "");
  });
  const { frames } = peer.server;
  const [first] = frames;
  assertEquals(frames.length, 8);
  frames.forEach(({ header }, i) => {
    assertEquals(header.timestamp, ((first?.header.timestamp ?? 0) + i * 4500) % 2 ** 32);
  });
  const starts = [0, 4, 6].map((i) => {
    const { sequence, timestamp } = frames[i]?.header ?? {};
    return `${sequence};rtptime=${timestamp}`;
  });
  assertEquals(infos, starts);
});

Deno.test("RFC 3550 §5.1: SSRC, first sequence number and timestamp are drawn at random", () => {
  const peer = new StandardPeer();
  peer.play(peer.setup());
  peer.play(peer.setup("RTP/AVP;unicast;client_port=5002-5003"));
  const [a, b] = peer.server.frames.map(({ header }) => header);
  assertNotEquals(a?.ssrc, b?.ssrc);
  assertNotEquals(a?.sequence, b?.sequence);
  assertNotEquals(a?.timestamp, b?.timestamp);
});

Deno.test("RFC 3550 §6: sender reports come at random intervals, with counts and CNAME", () => {
  const peer = new StandardPeer({ loop: true });
  const id = peer.setup();
  peer.play(id);
  peer.server.advance(60_000);
  const { controls } = peer.server;
  assert(controls.length >= 8 && controls.length <= 26, `${controls.length} reports in 60 s`);
  const [first, ...others] = controls.map(({ bytes }) => parseCompound(bytes));
  assert(first?.kind === "packets");
  const [report, description] = first.packets;
  assert(report?.kind === "sender report" && description?.kind === "source description");
  assertEquals([report.packetCount, report.octetCount], [0, 0]);
  assertEquals(report.ssrc, peer.server.frames[0]?.header.ssrc);
  assertEquals(report.rtpTimestamp, peer.server.frames[0]?.header.timestamp);
  assertMatch(textOf(description.chunks[0]?.items[0]?.value ?? new Uint8Array()), /^[0-9a-f]{24}$/);
  const last = others.at(-1);
  assert(last?.kind === "packets" && last.packets[0]?.kind === "sender report");
  assert(last.packets[0].packetCount > 800);
});

Deno.test("RFC 3550 §6.6: BYE at the end of the stream and at shutdown", () => {
  const peer = new StandardPeer();
  peer.play(peer.setup());
  peer.server.advance(3000);
  assertEquals(lastControl(peer), ["sender report", "source description", "goodbye"]);
  const other = new StandardPeer();
  other.play(other.setup());
  other.server.shutdown();
  assertEquals(lastControl(other), ["sender report", "source description", "goodbye"]);
  assertEquals([other.movie.leased, other.server.machine.sessions.size], [0, 0]);
});

Deno.test("§3.4 session ids have 128 random bits", () => {
  const peer = new StandardPeer();
  const ids = Array.from({ length: 20 }, () => peer.setup());
  assertEquals(new Set(ids).size, 20);
  for (const id of ids) assertMatch(id, /^[0-9a-f]{32}$/);
});

Deno.test("§12.37 454 for a session that is another address's; another connection of the same may", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.server.connect(2, { address: "127.0.0.9" });
  peer.server.connect(3);
  assertEquals(peer.ask("PLAY", URL, { Session: id }, "", 2).status, 454);
  assertEquals(peer.ask("TEARDOWN", URL, { Session: id }, "", 2).status, 454);
  assertEquals(peer.ask("PLAY", URL, { Session: id }, "", 3).status, 200);
});

Deno.test("§12.37 a UDP session outlives its connection until the timeout, a TCP one does not", () => {
  const peer = new StandardPeer({ loop: true });
  const id = peer.setup();
  peer.play(id);
  peer.server.connect(2);
  const inside = peer.setup(TCP, 2);
  assertEquals(peer.server.machine.sessions.size, 2);
  peer.server.disconnect(1, "gone");
  peer.server.disconnect(2, "gone");
  assertEquals([...peer.server.machine.sessions.keys()], [id]);
  assertNotEquals(inside, id);
  peer.server.advance(59_000);
  assertEquals(peer.server.machine.sessions.size, 1);
  peer.server.advance(2000);
  assertEquals([peer.server.machine.sessions.size, peer.movie.leased], [0, 0]);
  assertEquals(lastControl(peer), ["sender report", "source description", "goodbye"]);
});

Deno.test("§12.37 any request with the session keeps it", () => {
  const peer = new StandardPeer({ loop: true });
  const id = peer.setup();
  for (const method of ["OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "OPTIONS"]) {
    peer.server.advance(50_000);
    assertEquals(peer.ask(method, URL, { Session: id }).status, 200);
  }
  assertEquals(peer.server.machine.sessions.size, 1);
  peer.server.advance(61_000);
  assertEquals(peer.server.machine.sessions.size, 0);
});

Deno.test("C.1.1 a session plays the movie that it was set up for: 404 for another", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  assertEquals(peer.ask("PLAY", "rtsp://127.0.0.1/other", { Session: id }).status, 404);
  assertEquals(peer.ask("PLAY", "rtsp://localhost/movie.Mjpeg/", { Session: id }).status, 200);
});

Deno.test("known hole: names that lead out of the folder are 404, and never looked up", () => {
  const peer = new StandardPeer();
  const paths = ["/../x", "/%2e%2e/x", "/a%2f..%2fx", "/x%00", "//etc/passwd"];
  const statuses = paths.map((path) => peer.ask("DESCRIBE", `rtsp://127.0.0.1${path}`).status);
  assertEquals(statuses, [404, 404, 404, 404, 404]);
  assertEquals(peer.movie.leased, 0);
});

Deno.test("§11.3 462 once where the network refused the datagrams, then PLAY is tried again", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id);
  peer.server.do(peer.server.machine.sendFailed(id, "Network is unreachable"));
  assertEquals(peer.server.machine.sessions.get(id)?.state, "ready");
  assertEquals([peer.play(id).status, peer.play(id).status], [462, 200]);
});

Deno.test("§11.3 500 where the movie cannot be read any more", () => {
  class Breaking extends FakeMovie {
    isBroken = false;
    override frame(index: number): Uint8Array {
      const place = { movie: this.name, frame: index + 1, offset: 9, reason: "the disk is gone" };
      if (this.isBroken && index >= 3) throw new MovieReadError(place);
      return super.frame(index);
    }
  }
  const movie = new Breaking("movie.Mjpeg", sampleJpegs(10));
  const peer = new StandardPeer({}, movie);
  const id = peer.setup();
  movie.isBroken = true;
  peer.play(id);
  peer.server.advance(1000);
  assertEquals(peer.server.frames.length, 3);
  assertEquals(peer.play(id, { Range: "npt=0.3-" }).status, 500);
  assertEquals(peer.play(id, { Range: "npt=0-" }).status, 200);
});

Deno.test("§11.3 459 for SETUP of another movie in the same session", () => {
  const peer = new StandardPeer();
  const reply = peer.ask("SETUP", "rtsp://127.0.0.1/other", {
    Session: peer.setup(),
    Transport: UDP,
  });
  assertEquals(reply.status, 459);
});

Deno.test("§10.4 SETUP again changes the transport, also while it plays", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id);
  const reply = peer.ask("SETUP", TRACK_URL, { Session: id, Transport: TCP });
  assertEquals(reply.status, 200);
  peer.server.advance(100);
  assertEquals(peer.server.frames.at(-1)?.route.kind, "interleaved");
});
