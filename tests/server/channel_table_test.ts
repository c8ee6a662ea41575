import { assertEquals } from "@std/assert";
import { StandardPeer, TCP, TRACK_URL } from "../support/standard_peer.ts";

Deno.test("§10.12 SETUP again in another way gives the channels back", () => {
  const peer = new StandardPeer();
  const channelsOf = (transport: string, session?: string) =>
    peer.ask("SETUP", TRACK_URL, {
      Transport: transport,
      ...session === undefined ? {} : { Session: session },
    }).headers.get("Transport")?.match(/interleaved=(\d+-\d+)/)?.[1];
  const id = peer.setup(TCP);
  assertEquals(channelsOf("RTP/AVP/TCP;interleaved=0-1", id), "0-1", "its own are free for it");
  assertEquals(channelsOf("RTP/AVP;unicast;client_port=5000-5001", id), undefined);
  assertEquals(channelsOf(TCP), "0-1");
});

Deno.test("§10.12 a connection has channels for 128 sessions", () => {
  const peer = new StandardPeer({ maxSessions: 200 });
  const ids = Array.from({ length: 128 }, () => peer.setup("RTP/AVP/TCP"));
  assertEquals(ids.filter((id) => id.startsWith("status")), []);
  assertEquals(peer.setup("RTP/AVP/TCP"), "status 461");
});
