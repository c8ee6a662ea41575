import { assert, assertEquals, assertMatch } from "@std/assert";
import { StillMovie } from "../../lib/movie/still_movie.ts";
import { parseCompound, serializeCompound } from "../../lib/rtcp/compound.ts";
import { describeSource } from "../../lib/rtcp/source_description.ts";
import { digestSecret } from "../../lib/rtsp/digest.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { AccessRules, parseAccessRule } from "../../lib/server/access_rules.ts";
import { Authenticator } from "../../lib/server/authenticator.ts";
import { parseMovieUrl } from "../../lib/server/movie_url.ts";
import { ServerMachine } from "../../lib/server/server_machine.ts";
import { parseUserFile } from "../../lib/server/user_file.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { ServerHarness, TEST_SETTINGS } from "../support/server_harness.ts";
import { StandardPeer, TCP, URL } from "../support/standard_peer.ts";
import { bytesOf } from "../support/text.ts";

const LAB_TRANSPORT = "Transport: RTP/UDP; client_port= 25000";

/** A server for users, with `open` for anyone; every name is a movie there. */
function guarded(): ServerHarness {
  const secret = digestSecret("MD5", "ann", "films", "secret");
  const authenticator = new Authenticator({
    users: parseUserFile(`ann:films:${secret}\n`, "users"),
    rules: new AccessRules(["/=users", "open=anyone", "open/new=ann"].map(parseAccessRule)),
    digest: "md5",
    basic: true,
  }, new SeededRandom(3));
  const server = new ServerHarness(
    (path) => new FakeMovie(path, sampleJpegs(3, 16, 16)).lease(),
    { authenticator },
  );
  server.connect();
  return server;
}

for (
  const file of [
    "movie.Mjpeg",
    "rtsp://127.0.0.1/movie.Mjpeg",
    "open/new/movie.Mjpeg",
    "open/%6eew/movie.Mjpeg",
    "open/NEW/movie.Mjpeg",
    "open/../movie.Mjpeg",
    "movie.Mjpeg?/open",
  ]
) {
  Deno.test(`known hole: ${file} is for users, and the lab dialect cannot log in`, () => {
    const server = guarded();
    const setup = server.ask(`SETUP ${file} RTSP/1.0\nCSeq: 1\n${LAB_TRANSPORT}`);
    assertEquals(setup, "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nSession: 0\r\n\r\n");
    const why = "it needs a login, which the lab dialect has not";
    assertEquals(
      server.logs.at(-1)?.message,
      `SETUP ${file.replace(/^rtsp:..[^/]*./, "")}: 401 Unauthorized, ${why}`,
    );
    const describe = server.ask(`DESCRIBE ${file} RTSP/1.0\nCSeq: 2\nSession: 0\n${LAB_TRANSPORT}`);
    assertMatch(describe, /^RTSP\/1\.0 401 /);
    assertMatch(server.ask(`PLAY ${file} RTSP/1.0\nCSeq: 3\nSession: 0`), /^RTSP\/1\.0 455 /);
    assertEquals(server.machine.sessions.size, 0);
  });
}

Deno.test("the lab dialect plays what anyone may see, and describes nothing else meanwhile", () => {
  const server = guarded();
  const setup = `SETUP open/a%20b.Mjpeg RTSP/1.0\nCSeq: 1\n${LAB_TRANSPORT}`;
  assertMatch(server.ask(setup), /^RTSP\/1\.0 200 /);
  assertMatch(server.ask("PLAY x RTSP/1.0\nCSeq: 2\nSession: 1"), /^RTSP\/1\.0 200 /);
  const secret = "rtsp://127.0.0.1/movie.Mjpeg";
  assertMatch(server.send(`DESCRIBE ${secret} RTSP/1.0\r\nCSeq: 3\r\n\r\n`), /^RTSP\/1\.0 401 /);
});

Deno.test("§11.3 453 in the lab dialect as well, where there are enough sessions", () => {
  const movie = new FakeMovie("movie.Mjpeg", sampleJpegs(3, 16, 16));
  const server = new ServerHarness(() => movie.lease(), { maxSessions: 1 });
  const setup = `SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\n${LAB_TRANSPORT}`;
  const replies = [1, 2].map((id) => {
    server.connect(id);
    return server.ask(setup, id).split(" ")[1];
  });
  assertEquals(replies, ["200", "453"]);
});

Deno.test("a movie that comes while its connection is being closed is released", () => {
  const movie = new FakeMovie("movie.Mjpeg", sampleJpegs(3, 16, 16));
  const machine = new ServerMachine(TEST_SETTINGS, new SeededRandom(1));
  const peer = { address: "127.0.0.1", port: 1, localAddress: "127.0.0.1", secure: false };
  machine.connect(1, peer, at(0));
  const request = bytesOf(`DESCRIBE ${URL} RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
  const outputs = Array.from({ length: 102 }, () => machine.receive(1, request, at(1))).flat();
  assertEquals(outputs.filter(({ kind }) => kind === "close").length, 1);
  const [opened] = outputs.filter((output) => output.kind === "openMovie");
  const lease = movie.lease();
  assertEquals(machine.movieOpened(opened?.ticket ?? 0, lease, at(2)), [
    { kind: "releaseMovie", lease },
  ]);
  assertEquals(machine.receive(1, request, at(3)), []);
});

Deno.test("§12.34 457 for going backwards from the end of a movie that has none", () => {
  const movie = new FakeMovie("movie.Mjpeg", sampleJpegs(1));
  const still = new StillMovie(movie);
  const given = movie.lease();
  movie.lease = () => ({ ...given, movie: still });
  const peer = new StandardPeer({}, movie);
  const session = peer.setup();
  assertEquals(peer.play(session, { Scale: "-1" }).status, 457);
  assertEquals(peer.play(session, { Scale: "-1", Range: "npt=1-" }).status, 200);
});

Deno.test("§12.32 551 names what is required, over several lines and empty ones", () => {
  const { server } = new StandardPeer();
  const head = `OPTIONS ${URL} RTSP/1.0\r\nCSeq: 1\r\n`;
  const reply = server.ask(`${head}Require: a,\r\nRequire:\r\nRequire: b\r\n\r\n`);
  assertMatch(reply, /^RTSP\/1\.0 551 [^]*\r\nUnsupported: a, b\r\n/);
  assertMatch(server.ask(`${head.replace("1\r", "2\r")}Require: ,\r\n\r\n`), /^RTSP\/1\.0 200 /);
});

Deno.test("known hole: PLAY of a group again and again sends no more reports", () => {
  const multicast = { group: "239.1.2.3", ttl: 4, firstPort: 5004 };
  const peer = new StandardPeer({ multicast, loop: true });
  const session = peer.setup("RTP/AVP;multicast");
  for (let i = 0; i < 20; i++) assertEquals(peer.play(session).status, 200);
  peer.server.advance(50_000);
  const count = peer.server.controls.length;
  assert(count >= 5 && count <= 22, `${count} reports in 50 s`);
});

Deno.test("§10.12 the channels of a session that timed out are free again", () => {
  const peer = new StandardPeer();
  const first = peer.setup(TCP);
  peer.server.advance(60_001);
  assertEquals(peer.server.machine.sessions.size, 0);
  const reply = peer.ask("SETUP", URL, { Transport: TCP });
  assertMatch(reply.headers.get("Transport") ?? "", /interleaved=0-1/);
  assert(reply.headers.get("Session")?.startsWith(first) === false);
});

Deno.test("§10.12 a block that waits is not what came in after it", () => {
  const peer = new StandardPeer();
  const session = peer.setup(TCP);
  peer.play(session);
  const ours = parseCompound(peer.server.controls.at(-1)?.bytes ?? new Uint8Array());
  assert(ours.kind === "packets" && ours.packets[0]?.kind === "sender report");
  const report = serializeCompound([
    { kind: "receiver report", ssrc: 7, reports: [], extension: new Uint8Array() },
    describeSource(7, "x"),
  ]);
  peer.server.holdMovies = true;
  peer.server.send(peer.request("DESCRIBE", URL));
  const buffer = serializeInterleaved(1, report);
  peer.server.send(buffer);
  buffer.fill(0);
  peer.server.answerMovies();
  const dropped = peer.server.logs.filter(({ message }) => message.startsWith("RTCP dropped"));
  assertEquals(dropped, []);
});

Deno.test("known hole: names of many slashes and dots take linear time", () => {
  const rules = new AccessRules([parseAccessRule("/=users")]);
  const startMs = performance.now();
  for (let i = 0; i < 20; i++) {
    assertEquals(parseMovieUrl(`rtsp://h/${"/".repeat(15_000)}a`).isTrack, false);
    assertEquals(parseMovieUrl(`rtsp://h/a?${"/".repeat(15_000)}a`).isTrack, false);
    assertEquals(rules.whoMay([`${".".repeat(15_000)}a`]), "users");
  }
  const tookMs = performance.now() - startMs;
  assert(tookMs < 2000, `${tookMs} ms; it took 20 s when it was quadratic`);
});

for (const method of ["constructor", "__proto__", "toString"]) {
  Deno.test(`known hole: the method ${method} is one like others that nobody knows`, () => {
    const peer = new StandardPeer();
    const Session = peer.setup();
    assertEquals(peer.ask(method, URL, { Session, [method]: "1" }).status, 501);
    const lab = peer.server.ask(`${method} movie.Mjpeg RTSP/1.0\nCSeq: 9\nSession: 1`);
    assertMatch(lab, /^RTSP\/1\.0 501 [^]*\nCSeq: 9\r\nSession: 0\r\n/);
  });
}

Deno.test("known hole: control bytes in CSeq are refused, and echoed to nobody", () => {
  for (const cseq of ["1\0", "1\u0001", "1\u007f", "1\r2"]) {
    const { server } = new StandardPeer();
    const reply = server.ask(`OPTIONS * RTSP/1.0\r\nCSeq: ${cseq}\r\n\r\n`);
    assertMatch(reply, /^RTSP\/1\.0 400 Bad Request\r\nCSeq: 0\r\nSession: 0\r\n\r\n$/);
  }
});

Deno.test("known hole: SET_PARAMETER without Content-Type is read as a list of parameters", () => {
  const peer = new StandardPeer();
  const Session = peer.setup();
  const reply = peer.ask("SET_PARAMETER", URL, { Session }, "volume: 1\r\n");
  assertEquals([reply.status, new TextDecoder().decode(reply.body)], [451, "volume\r\n"]);
});

Deno.test("known hole: plays that were to start tomorrow are forgotten with their session", () => {
  const peer = new StandardPeer();
  const session = peer.setup();
  for (let i = 0; i < 50; i++) {
    const reply = peer.play(session, { Range: "npt=0-;time=20260101T230000Z" });
    assertEquals(reply.status, 200);
  }
  peer.ask("TEARDOWN", URL, { Session: session });
  peer.server.disconnect(1);
  peer.server.advance(3_600_000);
  assertEquals(peer.server.machine.wakeAtMs, undefined);
  assertEquals(peer.server.frames, []);
});

Deno.test("a play that is to start in an hour starts then", () => {
  const peer = new StandardPeer({ sessionTimeoutMs: 86_400_000 });
  peer.play(peer.setup(), { Range: "npt=0-;time=20260101T010000Z" });
  peer.server.advance(3_599_999);
  assertEquals(peer.server.frames, []);
  peer.server.advance(1);
  assertEquals(peer.server.frameTimes, [3_600_000]);
});
