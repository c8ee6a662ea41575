import { assert, assertEquals, assertThrows } from "@std/assert";
import { openRtpPorts } from "../../lib/sockets/open_rtp_ports.ts";

Deno.test("openRtpPorts() opens an even port and the next one", () => {
  const { rtp, rtcp } = openRtpPorts("127.0.0.1");
  try {
    const [even, odd] = [rtp, rtcp].map(({ addr }) => (addr as Deno.NetAddr).port);
    assert(even !== undefined && even % 2 === 0, `port ${even}`);
    assertEquals(odd, even + 1);
  } finally {
    rtp.close();
    rtcp.close();
  }
});

Deno.test("openRtpPorts() says in one sentence why it cannot", () => {
  const { rtp, rtcp } = openRtpPorts("127.0.0.1");
  try {
    const { port } = rtp.addr as Deno.NetAddr;
    const rows: [string, number, string][] = [
      ["127.0.0.1", port, `none is free from ${port} to ${port + 1}`],
      ["192.0.2.1", port, "this machine has no such address"], // for documentation (RFC 5737)
      ["no-such-host.invalid", port, "there is no host of that name"],
    ];
    for (const [hostname, from, why] of rows) {
      const error = assertThrows(() => openRtpPorts(hostname, { from, to: from + 1 }), Error);
      assert(error.message.endsWith(`on ${hostname}: ${why}`), error.message);
    }
  } finally {
    rtp.close();
    rtcp.close();
  }
});
