import { assert, assertEquals } from "@std/assert";
import {
  CLIENT_TRANSITIONS,
  type ClientState,
  nextClientState,
} from "../../lib/client/client_states.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";
import { type BenchCommand, SDP, SSRC, StandardClientBench } from "./standard_client_bench.ts";

const SENDER_REPORT = hex`
  80 c8 00 06 12 34 56 78   # sender report of the server
  ec 00 00 00 80 00 00 00   # NTP time
  00 00 11 94 00 00 00 01 00 00 00 64
  81 cb 00 01 12 34 56 78   # BYE
`;
const TCP = "RTP/AVP/TCP;unicast;interleaved=0-1";

for (const state of ["init", "ready", "playing"] as const satisfies readonly ClientState[]) {
  for (const kind of ["describe", "options", "setup", "play", "pause", "teardown"] as const) {
    const method = kind.toUpperCase();
    const next = nextClientState(CLIENT_TRANSITIONS, state, method);
    Deno.test(`StandardClient in ${state} takes ${method} to ${next ?? "-"}, on the reply`, () => {
      const bench = StandardClientBench.in(state);
      bench.command(kind);
      if (next === undefined) {
        assertEquals(bench.requests, []);
        assertEquals(bench.outputs, [{ kind: "impossible", command: kind, state }]);
        return;
      }
      assertEquals(bench.lines.map((line) => line.split(" ")[0]), [method]);
      assertEquals(bench.machine.state, state);
      if (kind === "describe") bench.describe();
      else bench.answer("200 OK", ["Session: abcdefgh", `Transport: ${TCP}`]);
      assertEquals(bench.machine.state, next);
      assertEquals(bench.states, next === state ? [] : [next]);
      assertEquals(bench.failures, []);
    });

    if (next === undefined || kind === "teardown") continue;
    Deno.test(`StandardClient in ${state} stays there when ${method} is refused`, () => {
      const bench = StandardClientBench.in(state);
      bench.command(kind);
      bench.answer("455 Method Not Valid in This State");
      assertEquals([bench.machine.state, bench.states], [state, []]);
      assertEquals(bench.failures.map(({ outcome }) => outcome), ["refused"]);
    });
  }
}

Deno.test("StandardClient sends exactly these requests", () => {
  const bench = new StandardClientBench({ wishes: { startSeconds: 1, scale: 2 } });
  bench.command("setup");
  bench.answer("200 OK", ["Public: DESCRIBE"]);
  bench.describe(SDP, ["Content-Base: rtsp://cam.example/a/"]);
  bench.answer("200 OK", ["Session: s_1;timeout=30", `Transport: ${TCP}`]);
  bench.command("play");
  assertEquals(bench.requests, [
    "OPTIONS rtsp://cam.example/a RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: test\r\n\r\n",
    "DESCRIBE rtsp://cam.example/a RTSP/1.0\r\nCSeq: 2\r\nUser-Agent: test\r\n" +
    "Accept: application/sdp\r\n\r\n",
    "SETUP rtsp://cam.example/a/track1 RTSP/1.0\r\nCSeq: 3\r\nUser-Agent: test\r\n" +
    "Transport: RTP/AVP;unicast;client_port=6000-6001\r\n\r\n",
    "PLAY rtsp://cam.example/a/ RTSP/1.0\r\nCSeq: 4\r\nUser-Agent: test\r\nSession: s_1\r\n" +
    "Range: npt=1-\r\nScale: 2\r\n\r\n",
  ]);
  assertEquals(bench.connects, ["cam.example:554 pair"]);
});

const URLS: readonly (readonly [string, string, readonly string[], string, string])[] = [
  ["no base", SDP, [], "rtsp://cam.example/a/track1", "rtsp://cam.example/a"],
  [
    "Content-Location",
    SDP,
    ["Content-Location: rtsp://cam.example/b"],
    "rtsp://cam.example/b/track1",
    "rtsp://cam.example/b",
  ],
  [
    "Content-Base before Content-Location",
    SDP,
    ["Content-Location: rtsp://cam.example/b", "Content-Base: rtsp://cam.example/c/"],
    "rtsp://cam.example/c/track1",
    "rtsp://cam.example/c/",
  ],
  [
    "a base that is no URL",
    SDP,
    ["Content-Base: /"],
    "rtsp://cam.example/a/track1",
    "rtsp://cam.example/a",
  ],
  [
    "absolute controls",
    SDP.replace("control:*", "control:rtsp://x/p").replace("control:track1", "control:rtsp://x/t"),
    [],
    "rtsp://x/t",
    "rtsp://x/p",
  ],
  [
    "no control at all",
    SDP.replace(/a=control:.*\r\n/g, ""),
    [],
    "rtsp://cam.example/a",
    "rtsp://cam.example/a",
  ],
];
for (const [name, sdp, headers, track, presentation] of URLS) {
  Deno.test(`StandardClient finds its URLs with ${name} (RFC 2326 §C.1.1)`, () => {
    const bench = new StandardClientBench();
    bench.command("setup");
    bench.command("play");
    bench.answer("200 OK");
    bench.describe(sdp, headers);
    bench.answer("200 OK", ["Session: 12345678", `Transport: ${TCP}`]);
    assertEquals(bench.lines.slice(2), [`SETUP ${track}`, `PLAY ${presentation}`]);
  });
}

Deno.test("StandardClient takes replies in LF, without CSeq, with unknown headers", () => {
  const bench = new StandardClientBench();
  bench.command("setup");
  bench.receive("RTSP/1.0 200 OK\nPublic: DESCRIBE\nX-Odd: 1\n\n");
  bench.receive(`RTSP/1.0 200 OK\nContent-Length: ${SDP.length}\n\n${SDP}`);
  bench.receive("RTSP/1.0 200 OK\nSession: 1;timeout=x\nTransport: RTP/AVP;unicast\n\n");
  assertEquals([bench.machine.state, bench.failures], ["ready", []]);
});

Deno.test("StandardClient takes blocks that come before the reply to PLAY", () => {
  const bench = StandardClientBench.in("init");
  bench.setUp("RTP/AVP/TCP;unicast;interleaved=4-5");
  bench.command("play");
  bench.blocks(4);
  bench.blocks(4);
  bench.answer("200 OK");
  bench.blocks(4);
  assertEquals(bench.received.map(({ number }) => number), [1, 2, 3]);
  assertEquals(bench.machine.state, "playing");
  assertEquals(bench.machine.figures.transport, {
    protocol: "tcp",
    reason: "the server chose it by itself",
  });
});

const UNTOLD = "RTP/AVP;unicast;client_port=6000-6001;server_port=7000-7001";
const OLD_SSRC = 0x01d0_1d01;
const framesOf = ({ outputs }: StandardClientBench) =>
  outputs.filter(({ kind }) => kind === "frame").length;

Deno.test("StandardClient takes the announced SSRC at once, though another one plays", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame(OLD_SSRC);
  bench.frame(OLD_SSRC);
  assertEquals(framesOf(bench) > 0, true);
  bench.outputs = [];
  bench.frame();
  bench.frame(OLD_SSRC);
  assertEquals(framesOf(bench), 1);
});

Deno.test("StandardClient does not believe the stream before for 2 s, unless it is announced", () => {
  const bench = StandardClientBench.in("init", { pastSsrc: OLD_SSRC });
  bench.setUp(UNTOLD);
  bench.play();
  bench.outputs = [];
  bench.frame(OLD_SSRC);
  bench.frame(OLD_SSRC);
  assertEquals([framesOf(bench), bench.machine.reception.received], [0, 0]);
  bench.advance(2_000);
  bench.frame(OLD_SSRC);
  bench.frame(OLD_SSRC);
  assertEquals(framesOf(bench), 2);

  const announced = StandardClientBench.in("playing", { pastSsrc: SSRC });
  announced.frame();
  assertEquals(framesOf(announced), 1);
});

Deno.test("StandardClient takes packets whose SSRC was not announced, the first one too", () => {
  const bench = StandardClientBench.in("init");
  bench.setUp("RTP/AVP;unicast;server_port=7000");
  bench.play();
  bench.frame(7);
  bench.frame(7);
  bench.frame(7);
  assertEquals(bench.received.length, 3);
  assertEquals(
    bench.datagrams.filter((name) => name.startsWith("rtcp")).at(-1),
    "rtcp 192.0.2.7:7001",
  );
});

Deno.test("StandardClient leaves out packets of others, and counts them", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame();
  bench.frame(SSRC, "198.51.100.1");
  bench.frame(9);
  bench.datagram("rtp", hex`40 1a 00 01`);
  const { whole, foreign } = bench.machine.reception;
  assertEquals([whole, foreign > 2], [1, true]);
});

Deno.test("StandardClient sends from both its ports after SETUP and after PLAY", () => {
  const bench = StandardClientBench.in("init");
  bench.setUp();
  const both = ["rtcp 192.0.2.7:7001", "rtp 192.0.2.7:7000"];
  assertEquals(bench.datagrams, both);
  bench.play();
  assertEquals(bench.datagrams, [...both, ...both]);
});

Deno.test("StandardClient joins the group of a multicast session, and leaves it", () => {
  const bench = StandardClientBench.in("init", { wishes: { transport: "multicast" } });
  bench.command("setup");
  assertEquals(bench.header("Transport"), "RTP/AVP;multicast");
  bench.answer("200 OK", [
    "Session: 1",
    "Transport: RTP/AVP;multicast;destination=239.1.2.3;port=5004-5005;ttl=1;source=192.0.2.7",
  ]);
  bench.play();
  bench.frame();
  bench.frame();
  bench.command("teardown");
  bench.answer("200 OK");
  assertEquals(
    bench.outputs.filter(({ kind }) => kind === "joinGroup" || kind === "leaveGroup"),
    [{ kind: "joinGroup", group: "239.1.2.3", rtpPort: 5004, rtcpPort: 5005 }, {
      kind: "leaveGroup",
    }],
  );
  assertEquals(bench.received.length, 2);
});

const DIGEST = 'WWW-Authenticate: Digest realm="r", nonce="n1"';
const LOGIN = "rtsp://me:secret@cam.example/a";

Deno.test("StandardClient logs in by the strongest scheme, and goes on so", () => {
  const bench = new StandardClientBench({ url: LOGIN });
  bench.command("setup");
  bench.answer("200 OK");
  bench.answer("401 Unauthorized", [
    'WWW-Authenticate: Basic realm="r"',
    DIGEST,
    'WWW-Authenticate: Digest realm="r", nonce="n2", algorithm=SHA-256, qop="auth"',
  ]);
  assert(bench.header("Authorization")?.includes("algorithm=SHA-256, qop=auth, nc=00000001"));
  bench.describe();
  assert(bench.header("Authorization")?.includes("nc=00000002"));
  assertEquals(bench.lines.map((line) => line.split(" ")[0]), [
    "OPTIONS",
    "DESCRIBE",
    "DESCRIBE",
    "SETUP",
  ]);
});

Deno.test("StandardClient shows neither password nor response to anybody", () => {
  const bench = new StandardClientBench({ url: LOGIN });
  bench.command("setup");
  bench.answer("200 OK");
  bench.answer("401 Unauthorized", ['WWW-Authenticate: Basic realm="r"']);
  assertEquals(bench.header("Authorization"), `Basic ${btoa("me:secret")}`);
  bench.answer("401 Unauthorized", ['WWW-Authenticate: Basic realm="r"']);
  const shown = JSON.stringify(bench.outputs.filter(({ kind }) => kind !== "write"));
  assert(!shown.includes("secret") && !shown.includes(btoa("me:secret")), shown);
  assertEquals(bench.failures, [{
    kind: "failure",
    outcome: "refused",
    sentence: "Cannot play a from cam.example:554: DESCRIBE was answered 401 Unauthorized: " +
      "the user or the password is wrong",
    status: 401,
  }]);
});

Deno.test("StandardClient answers a stale nonce with the next one, and no other refusal", () => {
  const bench = new StandardClientBench({ url: LOGIN });
  bench.command("describe");
  bench.answer("200 OK");
  bench.answer("401 Unauthorized", [DIGEST]);
  bench.answer("401 Unauthorized", ['WWW-Authenticate: Digest realm="r", nonce="n2", stale=true']);
  assert(bench.header("Authorization")?.includes('nonce="n2"'));
  bench.describe();
  assertEquals(bench.failures, []);
  bench.command("options");
  bench.answer("401 Unauthorized", ['WWW-Authenticate: Digest realm="r", nonce="n3", stale=true']);
  bench.answer("401 Unauthorized", ['WWW-Authenticate: Digest realm="r", nonce="n4"']);
  assertEquals(bench.failures.length, 1);
});

Deno.test("StandardClient says that a login is wanted", () => {
  const bench = new StandardClientBench();
  bench.command("setup");
  bench.answer("401 Unauthorized", [DIGEST]);
  assertEquals(
    bench.failures[0]?.sentence,
    "Cannot play a from cam.example:554: OPTIONS was answered 401 Unauthorized: " +
      "the server wants a user and password: --user NAME:PASSWORD gives them",
  );
});

Deno.test("StandardClient follows redirects, and keeps the login to its host", () => {
  const bench = new StandardClientBench({ url: LOGIN });
  bench.command("setup");
  bench.answer("200 OK");
  bench.answer("401 Unauthorized", [DIGEST]);
  bench.answer("302 Moved Temporarily", ["Location: rtsp://other.example:5554/b"]);
  assertEquals(bench.connects, ["cam.example:554 pair", "other.example:5554 pair"]);
  assertEquals(bench.lines.at(-1), "OPTIONS rtsp://other.example:5554/b");
  bench.answer("200 OK");
  assertEquals(bench.lines.at(-1), "DESCRIBE rtsp://other.example:5554/b");
  assertEquals(bench.header("Authorization"), undefined);
  bench.describe();
  assertEquals(bench.lines.at(-1), "SETUP rtsp://other.example:5554/b/track1");
});

const REDIRECTS: readonly (readonly [string, string, string, string])[] = [
  [
    "from rtsps to rtsp",
    "rtsps://cam.example/a",
    "Location: rtsp://cam.example/a",
    "it leads from rtsps to rtsp, which is not protected",
  ],
  ["without Location", "rtsp://cam.example/a", "X: y", "it names no Location"],
  ["to HTTP", "rtsp://cam.example/a", "Location: http://x/", "its Location is no RTSP URL"],
];
for (const [name, url, header, what] of REDIRECTS) {
  Deno.test(`StandardClient does not follow a redirect ${name}`, () => {
    const bench = new StandardClientBench({ url });
    bench.command("setup");
    bench.answer("301 Moved Permanently", [header]);
    assert(bench.failures[0]?.sentence.endsWith(`the server redirects, but ${what}`));
    assertEquals(bench.connects.length, 1);
  });
}

Deno.test("StandardClient follows five redirects in a row, and no more", () => {
  const bench = new StandardClientBench();
  bench.command("setup");
  for (let i = 0; i < 6; i++) bench.answer("301 Moved", [`Location: rtsp://h${i}/a`]);
  assertEquals(bench.connects.length, 6);
  assertEquals(
    bench.failures[0]?.sentence,
    "Cannot play a from h4:554: the server redirects, but 5 redirects came before it",
  );
});

Deno.test("StandardClient goes where a REDIRECT sends it, and plays on there", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame();
  bench.receive(
    "REDIRECT rtsp://cam.example/a RTSP/1.0\r\nCSeq: 9\r\nLocation: rtsp://b/c\r\n\r\n",
  );
  assertEquals(bench.requests[0], "RTSP/1.0 200 OK\r\nCSeq: 9\r\n\r\n");
  assertEquals(bench.lines.slice(1), ["TEARDOWN rtsp://cam.example/a", "OPTIONS rtsp://b/c"]);
  bench.answer("200 OK");
  bench.describe();
  bench.answer("200 OK", ["Session: n", `Transport: ${TCP}`]);
  bench.answer("200 OK", ["Session: n"]);
  assertEquals(bench.states, ["init", "ready", "playing"]);
});

/** Sends a play elsewhere by REDIRECT, and lets it play there, with a packet or without. */
function redirectPlay(bench: StandardClientBench, host: string, hasPacket: boolean): void {
  const request = `REDIRECT rtsp://x/ RTSP/1.0\r\nCSeq: 9\r\nLocation: rtsp://${host}/a\r\n\r\n`;
  bench.receive(request);
  bench.answer("200 OK", ["Public: DESCRIBE, SETUP, TEARDOWN, PLAY"]);
  bench.describe();
  const transport = "RTP/AVP;unicast;client_port=6000-6001;server_port=7000-7001;ssrc=12345678";
  bench.answer("200 OK", ["Session: abcdefgh", `Transport: ${transport}`]);
  bench.answer("200 OK", ["Session: abcdefgh"]);
  if (hasPacket) bench.frame();
}

Deno.test("StandardClient is sent on as often as it plays in between, and else five times", () => {
  const long = StandardClientBench.in("playing");
  long.frame();
  for (let i = 0; i < 12; i++) redirectPlay(long, `h${i}`, true);
  assertEquals([long.machine.state, long.failures], ["playing", []]);
  for (let i = 0; i < 6; i++) redirectPlay(long, `g${i}`, false);
  assertEquals(long.failures.map(({ sentence }) => sentence), [
    "Cannot go on playing a from g4:554: the server redirects, but 5 redirects came before it",
  ]);
});

Deno.test("StandardClient answers what a server asks, and 501 to the rest", () => {
  const bench = StandardClientBench.in("ready");
  bench.receive("OPTIONS * RTSP/1.0\r\nCSeq: 5\r\n\r\nANNOUNCE * RTSP/1.0\r\nCSeq: 6\r\n\r\n");
  assertEquals(bench.requests, [
    "RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n",
    "RTSP/1.0 501 Not Implemented\r\nCSeq: 6\r\n\r\n",
  ]);
});

Deno.test("StandardClient goes on where OPTIONS is refused", () => {
  const bench = new StandardClientBench();
  bench.command("setup");
  bench.answer("405 Method Not Allowed");
  assertEquals([bench.lines.at(-1), bench.failures], ["DESCRIBE rtsp://cam.example/a", []]);
});

Deno.test("StandardClient names what a server offers instead of Motion JPEG", () => {
  const bench = new StandardClientBench();
  bench.command("setup");
  bench.answer("200 OK");
  bench.describe(
    SDP.replace("AVP 26", "AVP 96\r\na=rtpmap:96 H264/90000") + "m=audio 0 RTP/AVP 0\r\n",
  );
  assertEquals(
    bench.failures[0]?.sentence,
    "Cannot play a from cam.example:554: what DESCRIBE brought cannot be played: " +
      "there is no Motion JPEG in it, it offers video H264, audio 0",
  );
});

const SILENCES: readonly (readonly [string, boolean, number])[] = [
  ["OPTIONS of a server that may be of the lab", true, 2000],
  ["OPTIONS of a standard server", false, 10_000],
];
for (const [name, mayBeLab, ms] of SILENCES) {
  Deno.test(`StandardClient waits ${ms} ms for the answer to ${name}`, () => {
    const bench = new StandardClientBench({ mayBeLab });
    bench.command("setup");
    bench.advance(ms - 1);
    assertEquals(bench.failures, []);
    bench.advance(1);
    assertEquals(bench.failures.map(({ otherDialect }) => otherDialect), [true]);
    assert(bench.failures[0]?.sentence.includes(`OPTIONS was not answered within ${ms / 1000} s`));
    assert(bench.failures[0]?.sentence.includes("--dialect lab"));
  });
}

Deno.test("StandardClient names rtsps where TLS answers, and tries no other dialect", () => {
  const bench = new StandardClientBench({ mayBeLab: true });
  bench.command("setup");
  bench.receive(Uint8Array.of(0x15, 3, 3, 0, 2, 2, 50));
  assertEquals(bench.failures.map(({ sentence, otherDialect }) => [sentence, otherDialect]), [[
    "Cannot play a from cam.example:554: the server seems to speak TLS there: " +
    "rtsps:// instead of rtsp:// may do",
    undefined,
  ]]);
  assertEquals(bench.machine.state, "init");
});

Deno.test("StandardClient takes garbage, and a closed connection, for signs of another dialect", () => {
  for (const say of ["garbage", "end"] as const) {
    const bench = new StandardClientBench({ mayBeLab: true });
    bench.command("setup");
    if (say === "end") bench.disconnected();
    else bench.receive("\x00\x01 what?\r\n\r\n");
    assertEquals(bench.failures.map(({ otherDialect }) => otherDialect), [true]);
  }
});

Deno.test("StandardClient waits longer for DESCRIBE where the server lists it", () => {
  const bench = new StandardClientBench({ mayBeLab: true });
  bench.command("setup");
  bench.answer("200 OK", ["Public: DESCRIBE, SETUP"]);
  bench.advance(9_999);
  assertEquals(bench.failures, []);
});

Deno.test("StandardClient ends where a BYE comes for its stream only", () => {
  const bye = (ssrc: Uint8Array) =>
    hex`
      80 c9 00 01 00 00 00 01   # an empty receiver report
      81 cb 00 01 ${ssrc}       # BYE
    `;
  const bench = StandardClientBench.in("playing");
  bench.frame();
  bench.datagram("rtcp", bye(hex`00 00 00 09`));
  bench.advance(500);
  assertEquals(bench.machine.state, "playing");
  bench.datagram("rtcp", bye(hex`12 34 56 78`));
  bench.advance(249);
  assertEquals(bench.machine.state, "playing");
  bench.advance(1);
  assertEquals(bench.machine.state, "ready");
  assert(bench.outputs.some(({ kind }) => kind === "endOfStream"));
});

Deno.test("StandardClient takes silence at the known end for the end", () => {
  const bench = StandardClientBench.in("ready");
  bench.play(["Range: npt=0-0.1"]);
  bench.frame();
  bench.advance(50);
  bench.frame();
  bench.advance(999);
  assertEquals(bench.machine.state, "playing");
  bench.advance(1);
  assertEquals(bench.machine.state, "ready");
});

Deno.test("StandardClient takes a minute of silence for a failure, though the server answers", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame();
  let questions = 0;
  for (let second = 0; second < 60; second++) {
    bench.advance(1_000);
    if (bench.lines.length === questions) continue;
    questions = bench.lines.length;
    bench.answer("200 OK");
  }
  assertEquals(new Set(bench.lines), new Set(["GET_PARAMETER rtsp://cam.example/a"]));
  assertEquals(
    bench.failures.map(({ sentence }) => sentence),
    ["Cannot go on playing a from cam.example:554: nothing has come for 60 s, though the server answers"],
  );
});

Deno.test("StandardClient takes a silent server that does not answer for gone", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame();
  bench.advance(4_999);
  assertEquals([bench.lines, bench.failures], [[], []]);
  bench.advance(1);
  assertEquals(bench.lines, ["GET_PARAMETER rtsp://cam.example/a"]);
  bench.advance(2_999);
  assertEquals(bench.failures, []);
  bench.advance(1);
  assertEquals(bench.failures.map(({ outcome, sentence }) => [outcome, sentence]), [[
    "failed",
    "Cannot go on playing a from cam.example:554: nothing has come for 8 s, " +
    "and GET_PARAMETER was not answered within 3 s",
  ]]);
});

Deno.test("StandardClient takes packets for an answer", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame();
  bench.advance(7_000);
  bench.frame();
  bench.advance(4_000);
  assertEquals([bench.lines.length, bench.failures], [1, []]);
});

Deno.test("StandardClient asks a paused server nothing", () => {
  const bench = StandardClientBench.in("playing");
  bench.frame();
  bench.command("pause");
  bench.answer("200 OK");
  const { length } = bench.lines;
  bench.advance(29_000);
  assertEquals([bench.lines.length, bench.failures], [length, []]);
});

Deno.test("StandardClient changes to OPTIONS where GET_PARAMETER keeps nothing alive", () => {
  const bench = StandardClientBench.in("ready");
  bench.advance(30_000);
  assertEquals(bench.lines, ["GET_PARAMETER rtsp://cam.example/a"]);
  bench.answer("501 Not Implemented");
  bench.advance(30_000);
  assertEquals(bench.lines[1], "OPTIONS rtsp://cam.example/a");
  assertEquals(bench.header("Session"), "abcdefgh");
});

Deno.test("StandardClient does not wait with a command for the answer to a keepalive", () => {
  const bench = StandardClientBench.in("ready");
  bench.advance(30_000);
  bench.command("play");
  assertEquals(bench.lines[1], "PLAY rtsp://cam.example/a");
});

Deno.test("StandardClient sends TEARDOWN although another reply is awaited", () => {
  const bench = StandardClientBench.in("ready");
  for (const kind of ["play", "teardown"] satisfies BenchCommand[]) bench.command(kind);
  assertEquals(bench.lines.map((line) => line.split(" ")[0]), ["PLAY", "TEARDOWN"]);
  bench.answer("200 OK");
  assertEquals([bench.machine.state, bench.machine.isBusy], ["init", false]);
});

Deno.test("StandardClient passes over replies with another CSeq", () => {
  const bench = StandardClientBench.in("ready");
  bench.command("play");
  bench.receive("RTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n");
  assertEquals(bench.machine.state, "ready");
  assertEquals(bench.logged("warning"), ["Ignored a reply: 200 OK: its CSeq is 99, 4 is awaited"]);
});

Deno.test("StandardClient tells when nobody listens, which no dialect would help", () => {
  const bench = new StandardClientBench();
  bench.outputs.push(...bench.machine.command({ kind: "setup" }, at(0)));
  bench.disconnected("nobody listens there (connection refused)");
  assertEquals(
    bench.failures.map(({ sentence, otherDialect }) => [sentence, otherDialect]),
    [["Cannot play a from cam.example:554: nobody listens there (connection refused)", undefined]],
  );
});

Deno.test("StandardClient survives damaged replies, blocks and datagrams", () => {
  const random = new SeededRandom(11);
  for (let run = 0; run < 3000; run++) {
    const bench = StandardClientBench.in(run % 2 === 0 ? "init" : "playing", {
      url: "rtsp://u:p@cam.example/a",
    });
    if (run % 2 === 0) {
      bench.command("setup");
      const reply = ["RTSP/1.0 200 OK", "CSeq: 3", "Session: abc;timeout=60", `Transport: ${TCP}`];
      bench.receive(damaged(bytesOf([...reply, "", ""].join("\r\n")), random));
      bench.command("play");
      for (const packet of bench.nextFrame()) {
        bench.receive(damaged(serializeInterleaved(0, packet), random));
      }
    } else {
      for (const packet of bench.nextFrame()) bench.datagram("rtp", damaged(packet, random));
      bench.datagram("rtcp", damaged(SENDER_REPORT, random));
    }
    bench.advance(20_000);
    bench.command("teardown");
    bench.advance(20_000);
    assertEquals(bench.machine.isBusy, false);
  }
});
