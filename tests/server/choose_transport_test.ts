import { assertEquals } from "@std/assert";
import { parseTransport } from "../../lib/rtsp/transport_header.ts";
import { chooseTransport, type TransportOffer } from "../../lib/server/choose_transport.ts";

const OFFER: TransportOffer = {
  peerAddress: "127.0.0.1",
  udpPorts: [6000, 6001],
  multicast: false,
  freeChannels: (wanted) => wanted ?? [0, 1],
};

const ROWS: [string, string, unknown, Partial<TransportOffer>?][] = [
  ["a port pair", "RTP/AVP;unicast;client_port=4588-4589", {
    kind: "udp",
    clientPorts: [4588, 4589],
  }],
  ["one port", "RTP/AVP;unicast;client_port=4588", { kind: "udp", clientPorts: [4588, 4589] }],
  ["UDP by name", "RTP/AVP/UDP;client_port=4588-4589", { kind: "udp", clientPorts: [4588, 4589] }],
  ["TCP", "RTP/AVP/TCP;unicast;interleaved=2-3", { kind: "interleaved", channels: [2, 3] }],
  ["TCP without channels", "RTP/AVP/TCP", { kind: "interleaved", channels: [0, 1] }],
  [
    "the first that will do",
    "RTP/SAVP;unicast;client_port=1-2,RTP/AVP;multicast,RTP/AVP/TCP;interleaved=0-1",
    { kind: "interleaved", channels: [0, 1] },
  ],
  ["multicast", "RTP/AVP;multicast", { kind: "multicast" }, { multicast: true }],
  ["the peer as destination", "RTP/AVP;unicast;destination=127.0.0.1;client_port=5-6", {
    kind: "udp",
    clientPorts: [5, 6],
  }],
  ["a destination other than the peer", "RTP/AVP;unicast;destination=10.0.0.9;client_port=5-6", {
    kind: "none",
    reason: "destination 10.0.0.9 is not the peer",
  }],
  ["record mode", 'RTP/AVP;unicast;client_port=5-6;mode="RECORD"', {
    kind: "none",
    reason: "mode RECORD is not PLAY",
  }],
  ["SRTP", "RTP/SAVP;unicast;client_port=5-6", { kind: "none", reason: "RTP/SAVP is not RTP/AVP" }],
  ["no port", "RTP/AVP;unicast", { kind: "none", reason: "client_port is missing" }],
  ["nothing of RTP", "RAW/RAW/UDP;unicast", {
    kind: "none",
    reason: "no RTP transport is asked for",
  }],
  [
    "multicast of a server that does not",
    "RTP/AVP;multicast",
    { kind: "none", reason: "the server does not multicast" },
  ],
  ["no free channel", "RTP/AVP/TCP;interleaved=0-1", {
    kind: "none",
    reason: "no channel is free",
  }, { freeChannels: () => undefined }],
];
for (const [name, header, expected, offer = {}] of ROWS) {
  Deno.test(`§12.39 chooseTransport() takes ${name}`, () => {
    assertEquals<unknown>(
      chooseTransport(parseTransport(header), { ...OFFER, ...offer }),
      expected,
    );
  });
}

Deno.test("§12.39 chooseTransport() has no UDP inside TLS", () => {
  const { udpPorts: _, ...offer } = OFFER;
  const asked = parseTransport("RTP/AVP;unicast;client_port=5-6");
  assertEquals(chooseTransport(asked, offer), {
    kind: "none",
    reason: "there is no UDP for this connection",
  });
});
