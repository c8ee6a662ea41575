import { assert, assertEquals } from "@std/assert";
import { ClientRtpSocket, RTP_RECEIVE_TIMEOUT_MS } from "../../lib/sockets/client_rtp_socket.ts";
import { openRtpPorts } from "../../lib/sockets/open_rtp_ports.ts";
import { ffiCase } from "./ffi_case.ts";

Deno.test("ClientRtpSocket.receive() waits half a second, and misses nothing afterwards", async () => {
  const rtp = new ClientRtpSocket("IPv4", 0);
  const sender = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const before = performance.now();
  assertEquals(await rtp.receive(), { kind: "timeout" });
  const ms = performance.now() - before;
  assert(ms >= RTP_RECEIVE_TIMEOUT_MS - 5 && ms < RTP_RECEIVE_TIMEOUT_MS + 300, `${ms} ms`);
  const to = { transport: "udp", hostname: "127.0.0.1", port: rtp.port } as const;
  for (const bytes of [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)]) {
    await sender.send(bytes, to);
  }
  const fromPort = (sender.addr as Deno.NetAddr).port;
  const arrivals = [await rtp.receive(), await rtp.receive(), await rtp.receive()];
  sender.close();
  assertEquals(
    arrivals,
    [[1, 2], [], [3]].map((bytes) => {
      return {
        kind: "datagram",
        bytes: Uint8Array.from(bytes),
        from: "127.0.0.1",
        fromPort,
      } as const;
    }),
  );
  const closed = rtp.receive();
  rtp.close();
  assertEquals(await closed, { kind: "closed" });
});

ffiCase(
  "ClientRtpSocket gives one of a pair of ports the same room for bursts as one alone",
  () => {
    const alone = new ClientRtpSocket("IPv4", 0);
    const { rtp, rtcp } = openRtpPorts("0.0.0.0");
    const ofPair = ClientRtpSocket.of(rtp);
    assert(alone.receiveBuffer !== undefined);
    assertEquals(ofPair.receiveBuffer, alone.receiveBuffer);
    for (const socket of [alone, ofPair, rtcp]) socket.close();
  },
);
