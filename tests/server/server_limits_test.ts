import { assert, assertEquals, assertMatch } from "@std/assert";
import { AccessRules, parseAccessRule } from "../../lib/server/access_rules.ts";
import { Authenticator } from "../../lib/server/authenticator.ts";
import { LOOK_MS, MAX_IDLE_MS } from "../../lib/server/server_connection.ts";
import { parseUserFile } from "../../lib/server/user_file.ts";
import { digestResponse, digestSecret } from "../../lib/rtsp/digest.ts";
import { parseWwwAuthenticate } from "../../lib/rtsp/www_authenticate_header.ts";
import { SeededRandom } from "../support/random.ts";
import { parseReply, StandardPeer, TRACK_URL, UDP, URL } from "../support/standard_peer.ts";

const SECRET = digestSecret("MD5", "ann", "films", "secret");

function guarded(): StandardPeer {
  const authenticator = new Authenticator({
    users: parseUserFile(`ann:films:${SECRET}\nbob:films:${SECRET}\n`, "users"),
    rules: new AccessRules([parseAccessRule("/=ann"), parseAccessRule("public=anyone")]),
    digest: "md5",
    basic: true,
  }, new SeededRandom(3));
  return new StandardPeer({ authenticator });
}

/** The credentials for a request, by the challenge of a 401. */
function credentials(peer: StandardPeer, method: string, uri: string, user = "ann"): string {
  const challenge = parseWwwAuthenticate(peer.ask(method, uri).headers.getAll("WWW-Authenticate"))
    .find(({ scheme }) => scheme === "digest");
  assert(challenge?.scheme === "digest");
  const { nonce } = challenge;
  const secret = user === "ann" ? SECRET : digestSecret("MD5", user, "films", "wrong");
  const qop = { name: "auth", nonceCount: 1, clientNonce: "c" } as const;
  const response = digestResponse({ hash: "MD5", secret, method, uri, nonce, qop });
  return `Digest username="${user}", realm="films", nonce="${nonce}", uri="${uri}", ` +
    `qop=auth, nc=00000001, cnonce="c", response="${response}"`;
}

Deno.test("a login is asked for before a movie is looked up, and OPTIONS is free", () => {
  const peer = guarded();
  assertEquals(peer.ask("OPTIONS", URL).status, 200);
  for (const uri of [URL, "rtsp://127.0.0.1/nothing"]) {
    const reply = peer.ask("DESCRIBE", uri);
    assertEquals(reply.status, 401);
    assertEquals(
      parseWwwAuthenticate(reply.headers.getAll("WWW-Authenticate")).map(({ scheme }) => scheme),
      ["digest", "basic"],
    );
  }
  assertEquals(peer.movie.reads, 0);
  const authorization = credentials(peer, "DESCRIBE", URL);
  assertEquals(peer.ask("DESCRIBE", URL, { Authorization: authorization }).status, 200);
});

Deno.test("§12.37 454 for the session of another user", () => {
  const peer = guarded();
  const setup = peer.ask("SETUP", TRACK_URL, {
    Transport: UDP,
    Authorization: credentials(peer, "SETUP", TRACK_URL),
  });
  const Session = setup.headers.get("Session")?.split(";")[0] ?? "";
  const play = peer.ask("PLAY", URL, { Session, Authorization: credentials(peer, "PLAY", URL) });
  assertEquals([setup.status, play.status], [200, 200]);
  const basic = `Basic ${btoa("bob:secret")}`;
  assertEquals(peer.ask("TEARDOWN", URL, { Session, Authorization: basic }).status, 401);
  assertEquals(peer.ask("TEARDOWN", URL, { Session }).status, 401);
  assertEquals(peer.server.machine.sessions.size, 1);
});

Deno.test("a failed login costs growing time, and holds up nobody else", () => {
  const peer = guarded();
  peer.server.connect(2, { address: "127.0.0.2" });
  let delays = 0;
  for (let tries = 0; tries < 6; tries++) {
    const authorization = `Basic ${btoa(`ann:guess ${tries}`)}`;
    const reply = peer.server.send(peer.request("DESCRIBE", URL, { Authorization: authorization }));
    if (reply === "") {
      delays++;
      assertEquals(peer.ask("OPTIONS", "*", {}, "", 2).status, 200);
      peer.server.advance(10_000);
      assertEquals(parseReply(peer.server.taken()).status, 401);
    }
  }
  assert(delays >= 2, `${delays} answers were delayed`);
});

Deno.test("known hole: a request that does not end is closed, a slow one that goes on is not", () => {
  const { server } = new StandardPeer();
  server.send("DESCRIBE rtsp://127.0.0.1/movie.Mjpeg RTSP/1.0\r\nCSeq: 1\r\n");
  server.advance(LOOK_MS - 1);
  server.send("X: 1\r\n");
  server.advance(LOOK_MS + 2);
  assertEquals(server.closed, [[1, "one request took more than 15 s"]]);
  const other = new StandardPeer().server;
  for (let i = 0; i < 4; i++) {
    other.send("OPTIONS * RTSP/1.0\r\nCSeq");
    other.advance(LOOK_MS - 1);
    assertMatch(other.send(`: ${i}\r\n\r\n`), /200 OK/);
  }
  assertEquals(other.closed, []);
});

Deno.test("known hole: a connection that asks for nothing is closed, unless it has a session", () => {
  const { server } = new StandardPeer();
  server.advance(MAX_IDLE_MS + LOOK_MS);
  assertEquals(server.closed, [[1, "it asked for nothing for 120 s"]]);
  const peer = new StandardPeer({ sessionTimeoutMs: 10 * MAX_IDLE_MS });
  peer.setup();
  peer.server.advance(3 * MAX_IDLE_MS);
  assertEquals(peer.server.closed, []);
});

Deno.test("known hole: a head without end, a huge body and thousands of headers are 413 or 400", () => {
  const inputs = [
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nX: " + "a".repeat(20_000),
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n" + "X: 1\r\n".repeat(1000) + "\r\n",
    "SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 99999999999\r\n\r\n",
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: -5\r\n\r\n",
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nX: \0\r\n\r\n",
  ];
  for (const input of inputs) {
    const { server } = new StandardPeer();
    assertMatch(server.ask(input), /^RTSP\/1\.0 4(00|13) /);
    assertEquals(server.closed.length, 1);
  }
});

Deno.test("known hole: more requests than can wait end the connection", () => {
  const peer = new StandardPeer();
  peer.server.holdMovies = true;
  const many = Array.from({ length: 150 }, () => peer.request("DESCRIBE", URL));
  for (const request of many) peer.server.send(request);
  assertEquals(peer.server.closed, [[1, "more than 100 requests at once"]]);
  peer.server.answerMovies();
  assertEquals(peer.movie.leased, 0);
});

Deno.test("§9.1 pipelined requests are answered in order", () => {
  const peer = new StandardPeer();
  peer.server.holdMovies = true;
  for (const method of ["DESCRIBE", "OPTIONS", "DESCRIBE", "OPTIONS"]) {
    peer.server.send(peer.request(method, URL));
  }
  assertEquals(peer.server.taken(), "");
  peer.server.answerMovies();
  peer.server.answerMovies();
  const cseqs = [...peer.server.taken().matchAll(/CSeq: (\d)/g)].map(([, cseq]) => cseq);
  assertEquals(cseqs, ["1", "2", "3", "4"]);
});
