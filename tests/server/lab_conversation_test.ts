import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { MovieReadError } from "../../lib/movie/movie_read_error.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { LAB_VARIANTS } from "../support/lab_variants.ts";
import { TEST_EPOCH_MS } from "../support/now.ts";
import { ServerHarness, TEST_SETTINGS } from "../support/server_harness.ts";
import { bytesOf } from "../support/text.ts";
import { everyCut } from "../support/every_cut.ts";

const MOVIE = "movie.Mjpeg";
const SETUP = `SETUP ${MOVIE} RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000`;

/** A request after SETUP, as the stock client writes it. */
function request(method: string, cseq: number, session: string): string {
  return `${method} ${MOVIE} RTSP/1.0\nCSeq: ${cseq}\nSession: ${session}`;
}

function harness(
  settings: Partial<typeof TEST_SETTINGS> = {},
  movie: FakeMovie = new FakeMovie(MOVIE, fakeFrames(10)),
): { server: ServerHarness; movie: FakeMovie } {
  const server = new ServerHarness(
    (path) =>
      path === MOVIE
        ? movie.lease()
        : { kind: "refusal", status: 404, reason: `Cannot open "${path}": there is none` },
    settings,
  );
  server.connect();
  return { server, movie };
}

/** The session id of a reply, from line 3 by position as lab clients read it. */
function sessionOf(reply: string): string {
  return reply.split("\n")[2]?.split(" ")[1]?.trim() ?? "";
}

Deno.test("the lab's replies have one form: CRLF, CSeq on line 2, Session on line 3", () => {
  const { server } = harness();
  const reply = server.ask(SETUP);
  assertMatch(reply, /^RTSP\/1\.0 200 OK\r\nCSeq: 1\r\nSession: [1-9]\d{8}\r\n\r\n$/);
  const id = sessionOf(reply);
  assertEquals(
    server.ask(request("PLAY", 2, id)),
    `RTSP/1.0 200 OK\r\nCSeq: 2\r\nSession: ${id}\r\n\r\n`,
  );
  assertEquals(
    server.ask(request("PAUSE", 3, id)),
    `RTSP/1.0 200 OK\r\nCSeq: 3\r\nSession: ${id}\r\n\r\n`,
  );
  assertEquals(
    server.ask(request("TEARDOWN", 4, id)),
    `RTSP/1.0 200 OK\r\nCSeq: 4\r\nSession: ${id}\r\n\r\n`,
  );
});

for (const variant of LAB_VARIANTS) {
  Deno.test(`the lab dialect serves a client that ${variant.name}`, () => {
    const { server, movie } = harness();
    let cseq = variant.firstCseq;
    const setup = server.ask(variant.setup(MOVIE, 25000, cseq));
    const id = sessionOf(setup);
    assertEquals(setup, `RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nSession: ${id}\r\n\r\n`);
    const ok = () => `RTSP/1.0 200 OK\r\nCSeq: ${++cseq}\r\nSession: ${id}\r\n\r\n`;
    assertEquals(server.ask(variant.play(MOVIE, cseq + 1, id)), ok());
    server.advance(120);
    assertEquals(server.ask(variant.pause(MOVIE, cseq + 1, id)), ok());
    const sent = server.frames.length;
    assertEquals(sent >= 3 && sent < 10, true, `${sent} frames were sent`);
    assertEquals(server.frames[0]?.route, { kind: "udp", address: "127.0.0.1", port: 25000 });
    server.advance(500);
    assertEquals(server.frames.length, sent);
    if (variant.describe !== undefined) {
      const description = server.ask(variant.describe(MOVIE, cseq + 1, id));
      assertEquals(description.startsWith(ok().trimEnd()), true, description);
      assertStringIncludes(description, "m=video 25000 RTP/AVP 26\r\n");
    }
    assertEquals(server.ask(variant.teardown(MOVIE, cseq + 1, id)), ok());
    assertEquals([movie.leased, server.machine.sessions.size], [0, 0]);
  });
}

Deno.test("the lab dialect serves the stock client under every cut of its requests", () => {
  const session = "100000000"; // not compared: the session is the connection's
  const requests = ["PLAY", "PAUSE", "PLAY", "TEARDOWN"].map((method, i) =>
    request(method, i + 2, session)
  );
  for (const text of [SETUP, ...requests]) {
    for (const chunks of everyCut(bytesOf(text))) {
      const { server } = harness();
      if (text !== SETUP) server.ask(SETUP);
      if (text.startsWith("PAUSE")) server.ask(request("PLAY", 2, session));
      for (const chunk of chunks) assertEquals(server.send(chunk), "");
      server.advance(29);
      assertEquals(server.taken(), "");
      server.advance(1);
      assertMatch(server.taken(), /^RTSP\/1\.0 200 OK\r\n/);
    }
  }
});

const REFUSALS: [string, string, string][] = [
  [
    "404 for a missing file",
    "SETUP nothing RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 5",
    "404 Not Found",
  ],
  [
    "455 for PLAY before SETUP",
    `PLAY ${MOVIE} RTSP/1.0\nCSeq: 1\nSession: 0`,
    "455 Method Not Valid in This State",
  ],
  [
    "455 for PAUSE before SETUP",
    `PAUSE ${MOVIE} RTSP/1.0\nCSeq: 1\nSession: 0`,
    "455 Method Not Valid in This State",
  ],
  [
    "454 for a session that is not there",
    `PLAY ${MOVIE} RTSP/1.0\nCSeq: 1\nSession: 123456`,
    "454 Session Not Found",
  ],
  ["405 for RECORD", `RECORD ${MOVIE} RTSP/1.0\nCSeq: 1\nSession: 0`, "405 Method Not Allowed"],
  [
    "501 for an unknown method",
    `REWIND ${MOVIE} RTSP/1.0\nCSeq: 1\nSession: 0`,
    "501 Not Implemented",
  ],
  [
    "501 for a method named constructor",
    `constructor ${MOVIE} RTSP/1.0\nCSeq: 1\nSession: 0`,
    "501 Not Implemented",
  ],
  [
    "505 for another version",
    `SETUP ${MOVIE} RTSP/2.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 5`,
    "505 RTSP Version not supported",
  ],
  [
    "461 for SETUP without a port",
    `SETUP ${MOVIE} RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP`,
    "461 Unsupported transport",
  ],
];
for (const [name, text, status] of REFUSALS) {
  Deno.test(`the lab dialect answers ${name}, with Session: 0`, () => {
    const { server } = harness();
    const reply = server.ask(`${text}\n\n`);
    assertEquals(
      reply.split("\r\n").slice(0, 3),
      [`RTSP/1.0 ${status}`, "CSeq: 1", "Session: 0"],
    );
    assertEquals(reply.length <= 256, true);
    assertMatch(server.ask(SETUP), /^RTSP\/1\.0 200 OK/, "the connection goes on");
  });
}

const UNREADABLE: [string, string][] = [
  ["no CSeq", `SETUP ${MOVIE} RTSP/1.0\nTransport: RTP/UDP; client_port= x\n\n`],
  ["port 0", `SETUP ${MOVIE} RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 0\n\n`],
  ["port 65536", `SETUP ${MOVIE} RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 65536\n\n`],
];
for (const [name, text] of UNREADABLE) {
  Deno.test(`the lab dialect answers 400 for ${name}, and the connection goes on`, () => {
    const { server } = harness();
    assertMatch(server.ask(text), /^RTSP\/1\.0 400 Bad Request\r\nCSeq: \d\r\nSession: 0\r\n/);
    assertMatch(server.ask(SETUP), /^RTSP\/1\.0 200 OK/);
  });
}

Deno.test("the lab dialect answers 455 with Allow in each wrong state of a session", () => {
  const { server } = harness();
  const id = sessionOf(server.ask(SETUP));
  const wrong = (method: string) => {
    const reply = server.ask(request(method, 9, id));
    assertMatch(reply, /^RTSP\/1\.0 455 /);
    return /Allow: (.*)\r\n/.exec(reply)?.[1];
  };
  assertEquals(wrong("PAUSE"), "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN");
  server.ask(request("PLAY", 2, id));
  assertEquals(wrong("PLAY"), "OPTIONS, DESCRIBE, PAUSE, TEARDOWN");
  assertEquals(wrong("SETUP"), "OPTIONS, DESCRIBE, PAUSE, TEARDOWN");
});

Deno.test("OPTIONS tells the methods in every state and changes none", () => {
  const { server } = harness();
  const options = `OPTIONS ${MOVIE} RTSP/1.0\nCSeq: 7\nSession: 0`;
  assertStringIncludes(
    server.ask(options),
    "Public: OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN\r\n",
  );
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  assertMatch(server.ask(options), /^RTSP\/1\.0 200 OK/);
  assertEquals(server.machine.sessions.get(id)?.state, "playing");
});

Deno.test("DESCRIBE before SETUP describes the movie and lets go of it", () => {
  const { server, movie } = harness();
  const reply = server.ask(`DESCRIBE ${MOVIE} RTSP/1.0\nCSeq: 3\nSession: 0`);
  const [head = "", body = ""] = reply.split("\r\n\r\n");
  assertEquals(head.split("\r\n"), [
    "RTSP/1.0 200 OK",
    "CSeq: 3",
    "Session: 0",
    "Content-Type: application/sdp",
    `Content-Length: ${body.length}`,
  ]);
  assertMatch(body, /^v=0\r\no=.*\r\ns=movie\.Mjpeg\r\n/);
  assertEquals(reply.length <= 256, true, `one read of a lab client: ${reply.length} bytes`);
  assertEquals(movie.leased, 0);
});

Deno.test("frames leave each 50 ms by absolute time, with the header of the exercise", () => {
  const { server } = harness();
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  const startMs = server.frameTimes[0] ?? NaN;
  server.advance(2000);
  assertEquals(server.frameTimes, Array.from({ length: 10 }, (_, i) => startMs + 50 * i));
  assertEquals(
    server.frames.map(({ header }) => header.sequence),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  for (const { header, frame } of server.frames) {
    assertEquals([header.payloadType, header.ssrc, frame.markLast], [26, 0, false]);
    assertEquals(header.timestamp, Math.floor(TEST_EPOCH_MS / 1000));
  }
  assertEquals(server.machine.sessions.get(id)?.state, "playing", "the state stays at the end");
});

Deno.test("--lab-rtp modern sends M=1 and a 90 kHz timestamp", () => {
  const { server } = harness({ labRtp: "modern", labSsrc: 7 });
  server.ask(SETUP);
  server.ask(request("PLAY", 2, "0"));
  server.advance(200);
  const stamps = server.frames.map(({ header }) => header.timestamp);
  assertEquals(stamps.map((stamp) => stamp - (stamps[0] ?? 0)).slice(0, 4), [0, 4500, 9000, 13500]);
  assertEquals(server.frames.map(({ frame, header }) => [frame.markLast, header.ssrc])[0], [
    true,
    7,
  ]);
});

Deno.test("PAUSE keeps the place and PLAY goes on with it, no frame lost or sent twice", () => {
  const { server, movie } = harness();
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  server.advance(130);
  server.ask(request("PAUSE", 3, id));
  const before = server.frames.length;
  server.advance(5000);
  assertEquals(server.frames.length, before);
  server.ask(request("PLAY", 4, id));
  server.advance(5000);
  assertEquals(server.frames.map(({ frame }) => frame.payloads[0]), [...movie.frames]);
  assertEquals(server.frames.map(({ header }) => header.sequence), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assertEquals(movie.reads, 10, "each frame was read once");
});

Deno.test("PLAY after the end sends nothing more, as lab clients would drop it", () => {
  const { server } = harness();
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  server.advance(1000);
  server.ask(request("PAUSE", 3, id));
  assertMatch(server.ask(request("PLAY", 4, id)), /200 OK/);
  server.advance(1000);
  assertEquals(server.frames.length, 10);
});

Deno.test("--loop starts again with continuous sequence numbers", () => {
  const { server, movie } = harness({ loop: true });
  server.ask(SETUP);
  server.ask(request("PLAY", 2, "0"));
  server.advance(1150);
  assertEquals(server.frames.length >= 22, true);
  server.frames.forEach(({ header, frame }, i) => {
    assertEquals([header.sequence, frame.payloads[0]], [i + 1, movie.frames[i % 10]]);
  });
});

Deno.test("a frame that fits no datagram is cut in way B, or left out with one warning", () => {
  const frames = [...fakeFrames(1), ...fakeFrames(2, 70_000), ...fakeFrames(1)];
  const cut = harness({}, new FakeMovie(MOVIE, frames)).server;
  cut.ask(SETUP);
  cut.ask(request("PLAY", 2, "0"));
  cut.advance(1000);
  assertEquals(cut.frames.map(({ frame }) => [frame.sequenceStep, frame.markLast]), [
    ["each", false],
    ["shared", true],
    ["shared", true],
    ["each", false],
  ]);
  assertEquals(cut.frames.map(({ header }) => header.sequence), [1, 2, 3, 4]);
  assertEquals(cut.logs.filter(({ level }) => level === "warning").length, 1);
  const whole = harness({ cutLabFrames: false }, new FakeMovie(MOVIE, frames)).server;
  whole.ask(SETUP);
  whole.ask(request("PLAY", 2, "0"));
  whole.advance(1000);
  assertEquals(whole.frames.map(({ header }) => header.sequence), [1, 4]);
  const warnings = whole.logs.filter(({ level }) => level === "warning");
  assertEquals(warnings.map(({ message }) => message), [
    'Frame 2 of "movie.Mjpeg" fits no datagram and is left out; so are others like it',
  ]);
  const [session] = whole.machine.sessions.values();
  assertEquals(session?.playback.counts.skipped, 2);
});

Deno.test("500 is sent where the movie cannot be read, and playing on is tried again", () => {
  let broken = false;
  class Breaking extends FakeMovie {
    override frame(index: number): Uint8Array {
      const place = { movie: MOVIE, frame: index + 1, offset: 9, reason: "the disk is gone" };
      if (broken && index >= 5) throw new MovieReadError(place);
      return super.frame(index);
    }
  }
  const { server } = harness({}, new Breaking(MOVIE, fakeFrames(10)));
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  broken = true;
  server.advance(1000);
  assertEquals(server.frames.length, 5);
  const error = server.logs.find(({ level }) => level === "error");
  assertEquals(error?.message, 'Cannot read frame 6 of "movie.Mjpeg" at byte 9: the disk is gone');
  for (const cseq of [3, 4]) {
    assertEquals(
      server.ask(request("PLAY", cseq, id)),
      `RTSP/1.0 500 Internal Server Error\r\nCSeq: ${cseq}\r\nSession: 0\r\n\r\n`,
    );
  }
  broken = false;
  assertMatch(server.ask(request("PLAY", 5, id)), /200 OK/);
  server.advance(1000);
  assertEquals(server.frames.length, 10);
});

Deno.test("500 is sent once where the network refused the datagrams", () => {
  const { server } = harness();
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  server.do(server.machine.sendFailed(id, "Network is unreachable"));
  const sent = server.frames.length;
  server.advance(500);
  assertEquals(server.frames.length, sent);
  assertMatch(server.ask(request("PLAY", 3, id)), /^RTSP\/1\.0 500 /);
  assertMatch(server.ask(request("PLAY", 4, id)), /^RTSP\/1\.0 200 /);
});

Deno.test("a session belongs to its connection: others neither steer nor end it", () => {
  const { server } = harness({ loop: true });
  server.connect(2);
  const id = sessionOf(server.ask(SETUP));
  server.ask(request("PLAY", 2, id));
  assertMatch(server.ask(request("PAUSE", 1, id), 2), /^RTSP\/1\.0 454 /);
  assertMatch(
    server.ask(request("TEARDOWN", 2, id), 2),
    /^RTSP\/1\.0 200 OK\r\nCSeq: 2\r\nSession: 0/,
  );
  const other = sessionOf(server.ask(SETUP, 2));
  assertNotEquals(other, id);
  server.disconnect(2, "closed by the peer");
  assertEquals([...server.machine.sessions.keys()], [id]);
  const sent = server.frames.length;
  server.advance(200);
  assertEquals(server.frames.length, sent + 4);
});

Deno.test("a connection that ends takes its session and its movie with it", () => {
  const { server, movie } = harness();
  server.ask(SETUP);
  server.ask(request("PLAY", 2, "0"));
  server.disconnect(1, "Connection reset by peer");
  const sent = server.frames.length;
  server.advance(1000);
  assertEquals([server.frames.length, movie.leased], [sent, 0]);
});

Deno.test("requests behind a SETUP whose movie is looked up are answered in order", () => {
  const { server } = harness();
  server.holdMovies = true;
  server.ask(`${SETUP}\n\n${request("PLAY", 2, "0")}\n\n`);
  assertEquals([server.taken(), server.frames.length], ["", 0]);
  server.answerMovies();
  const cseqs = [...server.taken().matchAll(/CSeq: (\d)/g)].map(([, cseq]) => cseq);
  assertEquals(cseqs, ["1", "2"]);
});

Deno.test("a movie that was looked up for a peer that is gone is released", () => {
  const { server, movie } = harness();
  server.holdMovies = true;
  server.ask(SETUP);
  server.disconnect(1, "closed by the peer");
  server.answerMovies();
  assertEquals(movie.leased, 0);
});

Deno.test("SETUP again in READY changes file and port and keeps the session's id", () => {
  const { server, movie } = harness();
  const id = sessionOf(server.ask(SETUP));
  const again = server.ask(SETUP.replace("25000", "25002"));
  assertEquals([sessionOf(again), movie.leased], [id, 1]);
  server.ask(request("PLAY", 3, id));
  assertEquals(server.frames[0]?.route, { kind: "udp", address: "127.0.0.1", port: 25002 });
});

Deno.test("the lab dialect is 461 inside TLS, as its UDP would leave it", () => {
  const { server } = harness();
  server.connect(2, { secure: true });
  assertMatch(server.ask(SETUP, 2), /^RTSP\/1\.0 461 /);
});
