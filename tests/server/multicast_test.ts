import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseCompound } from "../../lib/rtcp/compound.ts";
import { StandardPeer, TRACK_URL, UDP, URL } from "../support/standard_peer.ts";

const GROUP = { group: "239.1.2.3", ttl: 4, firstPort: 5004 };
const MULTICAST = "RTP/AVP;multicast";

function group(): { peer: StandardPeer; ids: string[] } {
  const peer = new StandardPeer({ multicast: GROUP, loop: true });
  peer.server.connect(2);
  return { peer, ids: [peer.setup(MULTICAST), peer.setup(MULTICAST, 2)] };
}

Deno.test("§12.39 SETUP by multicast tells group, ports and TTL", () => {
  const { peer } = group();
  const reply = peer.ask("SETUP", TRACK_URL, {
    Transport: `${UDP.replace("AVP", "SAVP")},${MULTICAST}`,
  });
  assertMatch(
    reply.headers.get("Transport") ?? "",
    /^RTP\/AVP;multicast;destination=239\.1\.2\.3;ttl=4;port=5004-5005;ssrc=[0-9A-F]{8};mode="PLAY"$/,
  );
});

Deno.test("one sender serves all members of a group, from the first PLAY to the last TEARDOWN", () => {
  const { peer, ids: [a = "", b = ""] } = group();
  const { server } = peer;
  assertEquals(peer.play(a).status, 200);
  server.advance(1000);
  const reply = peer.ask("PLAY", URL, { Session: b }, "", 2);
  assertMatch(reply.headers.get("Range") ?? "", /^npt=1\.0\d*-$/);
  server.advance(1000);
  assertEquals(server.frames.length, 41, "20 frames a second, once for both");
  for (const { route } of server.frames) {
    assertEquals(route, { kind: "udp", address: "239.1.2.3", port: 5004, controlPort: 5005 });
  }
  assertEquals(new Set(server.frames.map(({ header }) => header.ssrc)).size, 1);
  assertEquals(peer.ask("TEARDOWN", URL, { Session: a }).status, 200);
  server.advance(500);
  assertEquals(server.frames.length, 51);
  server.controls.length = 0;
  assertEquals(peer.ask("TEARDOWN", URL, { Session: b }, "", 2).status, 200);
  server.advance(500);
  assertEquals([server.frames.length, peer.movie.leased], [51, 0]);
  const [bye] = server.controls.map(({ bytes }) => parseCompound(bytes));
  assert(bye?.kind === "packets");
  assertEquals(bye.packets.at(-1)?.kind, "goodbye");
});

Deno.test("PAUSE of one member leaves the others playing, that of the last one pauses the group", () => {
  const { peer, ids: [a = "", b = ""] } = group();
  peer.play(a);
  peer.ask("PLAY", URL, { Session: b }, "", 2);
  assertEquals(peer.ask("PAUSE", URL, { Session: a }).status, 200);
  peer.server.advance(500);
  const sent = peer.server.frames.length;
  assert(sent >= 10);
  assertEquals(peer.ask("PAUSE", URL, { Session: b }, "", 2).status, 200);
  peer.server.advance(500);
  assertEquals(peer.server.frames.length, sent);
});

Deno.test("a failure of the group's sender is told to each member that played, once", () => {
  const { peer, ids: [a = "", b = ""] } = group();
  const { server } = peer;
  const idle = peer.setup(MULTICAST);
  peer.play(a);
  peer.ask("PLAY", URL, { Session: b }, "", 2);
  server.advance(500);
  const [{ session: sender = "" } = {}] = server.frames;
  server.do(server.machine.sendFailed(sender, "Network is unreachable"));
  const errors = server.logs.filter(({ level }) => level === "error");
  assertEquals(errors.map(({ message }) => message), [
    "Cannot send to 239.1.2.3:5004: Network is unreachable",
  ]);
  const sent = server.frames.length;
  server.advance(500);
  assertEquals(server.frames.length, sent);
  assertEquals([peer.play(a).status, peer.play(idle).status], [462, 200]);
  assertEquals([peer.play(a).status, peer.play(b).status, peer.play(b).status], [200, 462, 200]);
  server.advance(500);
  assertEquals(server.frames.length, sent + 11);
});

Deno.test("a member of a group keeps its transport", () => {
  const { peer, ids: [a = ""] } = group();
  const reply = peer.ask("SETUP", TRACK_URL, { Session: a, Transport: UDP });
  assertEquals(reply.status, 455);
});

Deno.test("a server without --multicast offers none", () => {
  assertEquals(new StandardPeer().setup(MULTICAST), "status 461");
});
