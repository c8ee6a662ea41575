import { assertEquals, assertMatch } from "@std/assert";
import { viewSession } from "../../lib/server/session_view.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { fakeFrames } from "../support/fake_frames.ts";
import { ServerHarness } from "../support/server_harness.ts";
import { at } from "../support/now.ts";
import { StandardPeer, TCP, URL } from "../support/standard_peer.ts";

const REASON = "ended on the web page";

function lab(): { server: ServerHarness; movie: FakeMovie } {
  const movie = new FakeMovie("movie.Mjpeg", fakeFrames(50));
  const server = new ServerHarness(() => movie.lease());
  server.connect();
  server.ask(
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000",
  );
  server.ask("PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 123456");
  return { server, movie };
}

function onlyId(server: ServerHarness): string {
  const [id = "none"] = server.machine.sessions.keys();
  return id;
}

Deno.test("endSession() closes the connection of a lab session: there is no other sign", () => {
  const { server, movie } = lab();
  server.advance(500);
  const sent = server.frames.length;
  server.do(server.machine.endSession(onlyId(server), REASON, at(server.nowMs)));
  assertEquals([server.machine.sessions.size, movie.leased], [0, 0]);
  assertEquals(server.closed, [[1, REASON]]);
  server.advance(500);
  assertEquals(server.frames.length, sent);
  assertEquals(server.machine.totals, {
    sessions: 1,
    frames: sent,
    skipped: 0,
    packets: sent,
    octets: sent * 100,
  });
});

Deno.test("endSession() says goodbye to a listener by UDP, whose next request is answered 454", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id);
  peer.server.advance(500);
  const sent = peer.server.machine.totals;
  peer.server.controls.length = 0;
  peer.server.do(peer.server.machine.endSession(id, REASON, at(peer.server.nowMs)));
  assertEquals(peer.server.controls.length, 1);
  assertEquals([peer.server.closed, peer.movie.leased], [[], 0]);
  assertEquals(peer.ask("PLAY", URL, { Session: id }).status, 454);
  assertEquals(peer.server.machine.totals, sent);
});

Deno.test("endSession() closes the connection that media goes through, and counts once", () => {
  const peer = new StandardPeer();
  const id = peer.setup(TCP);
  peer.play(id);
  peer.server.advance(500);
  const sent = peer.server.machine.totals;
  peer.server.do(peer.server.machine.endSession(id, REASON, at(peer.server.nowMs)));
  assertEquals(peer.server.closed, [[1, REASON]]);
  assertEquals([peer.server.machine.sessions.size, peer.movie.leased], [0, 0]);
  assertEquals(peer.server.machine.totals, sent);
});

Deno.test("endSession() of a session that is not there does nothing", () => {
  const { server } = lab();
  assertEquals(server.machine.endSession("1", REASON, at(0)), []);
  assertEquals(server.machine.sessions.size, 1);
});

Deno.test("viewSession() shows a session in plain values", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  peer.play(id);
  peer.server.advance(475);
  const session = peer.server.machine.sessions.get(id);
  if (session === undefined) throw new Error("There is no session");
  const { packets, octets, ...view } = viewSession(session);
  assertMatch(`${packets} ${octets}`, /^[1-9]\d* [1-9]\d*$/);
  assertEquals(view, {
    id,
    dialect: "standard",
    peer: "127.0.0.1:40001",
    user: null,
    movie: "movie.Mjpeg",
    state: "playing",
    transport: "udp",
    route: "127.0.0.1:5000",
    nextFrame: 11,
    framesPerSecond: 20,
    frames: 10,
    skipped: 0,
    reception: null,
  });
});

Deno.test("totals count what a multicast group gets once", () => {
  const multicast = { group: "239.1.2.3", ttl: 4, firstPort: 5004 };
  const peer = new StandardPeer({ multicast, loop: true });
  peer.server.connect(2);
  const [a, b] = [peer.setup("RTP/AVP;multicast"), peer.setup("RTP/AVP;multicast", 2)];
  peer.play(a);
  peer.ask("PLAY", URL, { Session: b }, "", 2);
  peer.server.advance(975);
  assertEquals(peer.server.machine.totals.frames, 20);
  for (const [id, connection] of [[a, 1], [b, 2]] as const) {
    peer.ask("TEARDOWN", URL, { Session: id }, "", connection);
  }
  const { sessions, frames } = peer.server.machine.totals;
  assertEquals([sessions, frames], [2, peer.server.frames.length]);
});
