import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { parseCompound, serializeCompound } from "../../lib/rtcp/compound.ts";
import { middleOf, ntpTimeOf } from "../../lib/rtcp/ntp_time.ts";
import { delayUnits } from "../../lib/rtcp/round_trip.ts";
import { describeSource } from "../../lib/rtcp/source_description.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { StandardSession } from "../../lib/server/standard_session.ts";
import { hex } from "../support/hex.ts";
import { at, TEST_EPOCH_MS } from "../support/now.ts";
import { StandardPeer, TCP } from "../support/standard_peer.ts";

const HERE = "127.0.0.1";

/** A listener's report on a session, with a bye if wanted. */
function report(session: StandardSession, fields: object = {}, bye: boolean = false): Uint8Array {
  const block = {
    ssrc: session.ssrc,
    fractionLost: 0,
    cumulativeLost: 0,
    extendedHighestSequence: 0,
    jitter: 0,
    lastSenderReport: 0,
    delaySinceLastSenderReport: 0,
    ...fields,
  };
  return serializeCompound([
    { kind: "receiver report", ssrc: 7, reports: [block], extension: new Uint8Array() },
    describeSource(7, "listener"),
    ...bye ? [{ kind: "goodbye", ssrcs: [7] } as const] : [],
  ]);
}

function playing(transport?: string): { peer: StandardPeer; session: StandardSession; id: string } {
  const peer = new StandardPeer({ loop: true });
  const id = peer.setup(transport);
  peer.play(id);
  const session = peer.server.machine.sessions.get(id);
  assert(session instanceof StandardSession);
  return { peer, session, id };
}

Deno.test("RFC 3550 §6.4 a listener's report tells loss, jitter and round trip", () => {
  const { peer, session } = playing();
  peer.server.advance(10_000);
  const sentMs = TEST_EPOCH_MS + peer.server.nowMs - 1540;
  const bytes = report(session, {
    fractionLost: 64,
    cumulativeLost: 17,
    jitter: 450,
    lastSenderReport: middleOf(ntpTimeOf(sentMs)),
    delaySinceLastSenderReport: delayUnits(1500),
  });
  peer.server.datagram("rtcp", { address: HERE, port: 5001 }, bytes);
  const { reception } = session;
  assertEquals([reception?.fractionLost, reception?.cumulativeLost, reception?.jitterMs], [
    0.25,
    17,
    5,
  ]);
  assertAlmostEquals(reception?.roundTripMs ?? NaN, 40, 0.1);
});

Deno.test("§12.37 RTCP from the listener keeps its session, other people's does not", () => {
  const { peer, session } = playing();
  peer.server.disconnect(1);
  for (let i = 0; i < 4; i++) {
    peer.server.advance(40_000);
    peer.server.datagram("rtcp", { address: HERE, port: 5001 }, report(session));
  }
  assertEquals(peer.server.machine.sessions.size, 1);
  for (let i = 0; i < 2; i++) {
    peer.server.advance(40_000);
    peer.server.datagram("rtcp", { address: "127.0.0.9", port: 5001 }, report(session));
  }
  assertEquals(peer.server.machine.sessions.size, 0);
});

Deno.test("§12.37 datagrams on the RTP port keep a session as well", () => {
  const { peer } = playing();
  peer.server.disconnect(1);
  for (let i = 0; i < 4; i++) {
    peer.server.advance(40_000);
    peer.server.datagram("rtp", { address: HERE, port: 5000 }, hex`80 1a 00 00`);
  }
  assertEquals(peer.server.machine.sessions.size, 1);
});

Deno.test("a listener behind a new NAT binding is followed by the SSRC that it reports on", () => {
  const { peer, session } = playing();
  const listener = { address: HERE, port: 61_001 };
  peer.server.datagram("rtcp", listener, report(session));
  assertEquals(session.route, { kind: "udp", address: HERE, port: 5000, controlPort: 61_001 });
  assertEquals(peer.server.logs.at(-1)?.message, "Listens on port 61001 for RTCP from now on");
  peer.server.datagram("rtcp", { address: "127.0.0.9", port: 9 }, report(session));
  assertEquals(session.route, { kind: "udp", address: HERE, port: 5000, controlPort: 61_001 });
});

const BAD_CONTROL: [string, Uint8Array][] = [
  ["four bytes", hex`81 c9 00 00`],
  ["a length beyond its end", hex`81 c9 ff ff 00 00 00 07`],
  ["version 1", hex`41 c9 00 01 00 00 00 07`],
  ["nothing", hex``],
  ["an unknown type alone", hex`80 df 00 01 00 00 00 07`],
];
for (const [name, bytes] of BAD_CONTROL) {
  Deno.test(`known hole: RTCP with ${name} is dropped and counted, the session goes on`, () => {
    const { peer, session } = playing();
    peer.server.datagram("rtcp", { address: HERE, port: 5001 }, bytes);
    assertEquals([session.droppedControl, session.state], [1, "playing"]);
  });
}

Deno.test("§10.12 RTCP inside the connection comes on the channel after RTP's", () => {
  const { peer, session } = playing(TCP);
  peer.server.send(serializeInterleaved(1, report(session, { cumulativeLost: 3 })));
  assertEquals(session.reception?.cumulativeLost, 3);
  peer.server.send(serializeInterleaved(0, report(session, { cumulativeLost: 4 })));
  peer.server.send(serializeInterleaved(77, hex`00`));
  assertEquals(session.reception?.cumulativeLost, 3);
  const [first] = peer.server.controls;
  assertEquals(first?.route, { kind: "interleaved", connection: 1, channel: 0, controlChannel: 1 });
});

Deno.test("§12.37 a session inside the connection lives as long as it plays and is connected", () => {
  const { peer, id } = playing(TCP);
  peer.server.advance(600_000);
  assertEquals(peer.server.machine.sessions.size, 1);
  peer.ask("PAUSE", undefined, { Session: id });
  peer.server.advance(61_000);
  assertEquals(peer.server.machine.sessions.size, 0);
});

Deno.test("a listener's BYE is logged, and the session goes on until TEARDOWN or silence", () => {
  const { peer, session } = playing();
  peer.server.datagram("rtcp", { address: HERE, port: 5001 }, report(session, {}, true));
  assertEquals(peer.server.logs.at(-1)?.message, "The listener says goodbye");
  assertEquals(session.state, "playing");
});

Deno.test("RFC 3550 §6.4.1 a sender report's timestamp is that of its NTP time, also after a pause", () => {
  const { peer, session, id } = playing();
  const first = session.playback.timestampAt(at(0));
  peer.server.advance(1000);
  const ticks = (ms: number) => (session.playback.timestampAt(at(ms)) - first + 2 ** 32) % 2 ** 32;
  assertEquals(ticks(1000), 90_000);
  peer.ask("PAUSE", undefined, { Session: id });
  const paused = ticks(1000);
  peer.server.advance(5000);
  assertEquals(ticks(6000), paused);
});

Deno.test("RFC 3550 §8.2 on a collision the server says BYE and takes a new SSRC", () => {
  const { peer, session } = playing();
  const old = session.ssrc;
  const bytes = serializeCompound([
    { kind: "receiver report", ssrc: old, reports: [], extension: new Uint8Array() },
    describeSource(old, "listener"),
  ]);
  peer.server.controls.length = 0;
  peer.server.datagram("rtcp", { address: HERE, port: 5001 }, bytes);
  const [bye, hello] = peer.server.controls.map((control) => parseCompound(control.bytes));
  assert(bye?.kind === "packets" && hello?.kind === "packets");
  assertEquals(bye.packets[2]?.kind === "goodbye" && bye.packets[2].ssrcs, [old]);
  assert(hello.packets[0]?.kind === "sender report");
  assertEquals([hello.packets[0].ssrc === session.ssrc, session.ssrc === old], [true, false]);
  peer.server.advance(100);
  assertEquals(peer.server.frames.at(-1)?.header.ssrc, session.ssrc);
  peer.server.datagram("rtcp", { address: HERE, port: 5001 }, report(session, { jitter: 9 }));
  assertEquals(session.reception?.jitterMs, 0.1);
});

Deno.test("listeners of one address that share an SSRC are never taken for each other", () => {
  const { peer, session } = playing();
  const second = peer.setup("RTP/AVP;unicast;client_port=5002-5003");
  peer.play(second);
  const other = peer.server.machine.sessions.get(second);
  assert(other instanceof StandardSession);
  peer.server.datagram("rtcp", { address: HERE, port: 5001 }, report(session));
  const punch = hex`80 1a 00 00  00 00 00 00  00 00 00 07`; // both listeners call themselves 7
  peer.server.datagram("rtp", { address: HERE, port: 5002 }, punch);
  assertEquals([session.route, other.route].map((route) => route.kind === "udp" && route.port), [
    5000,
    5002,
  ]);
  peer.server.datagram("rtcp", { address: HERE, port: 5003 }, report(other));
  peer.server.datagram("rtp", { address: HERE, port: 61_000 }, punch);
  assertEquals([session.route, other.route].map((route) => route.kind === "udp" && route.port), [
    5000,
    5002,
  ]);
});
