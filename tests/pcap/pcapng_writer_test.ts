import { assertEquals, assertThrows } from "@std/assert";
import type { CapturedBytes } from "../../lib/pcap/captured_bytes.ts";
import { ipAddressBytes } from "../../lib/pcap/ip_address_bytes.ts";
import { PcapngWriter } from "../../lib/pcap/pcapng_writer.ts";
import { hex } from "../support/hex.ts";
import { bytesOf } from "../support/text.ts";

const DATAGRAM: CapturedBytes = {
  unixMs: 1_700_000_000_000.5,
  direction: "in",
  transport: "udp",
  local: { address: "192.0.2.1", port: 5000 },
  remote: { address: "192.0.2.2", port: 6000 },
  bytes: hex`80 1a 00`,
};

Deno.test("PcapngWriter.start() writes a section header and one interface without link layer", () => {
  assertEquals(
    new PcapngWriter({ product: "Zoe" }).start(),
    hex`
      0a 0d 0d 0a  28 00 00 00      # section header block, 40 bytes
      4d 3c 2b 1a  01 00 00 00      # byte order, version 1.0
      ff ff ff ff  ff ff ff ff      # length unknown
      04 00 03 00  5a 6f 65 00      # shb_userappl "Zoe"
      00 00 00 00                   # end of options
      28 00 00 00
      01 00 00 00  24 00 00 00      # interface description block, 36 bytes
      65 00 00 00  00 00 00 00      # LINKTYPE_RAW, no limit of lengths
      02 00 08 00                   # if_name
      7a 6f 65 74  72 6f 70 65      # "zoetrope"
      00 00 00 00
      24 00 00 00
    `,
  );
});

Deno.test("PcapngWriter.packet() writes a datagram with its headers and checksums", () => {
  assertEquals(
    new PcapngWriter({ product: "Zoe" }).packet(DATAGRAM),
    hex`
      06 00 00 00  4c 00 00 00      # enhanced packet block, 76 bytes
      00 00 00 00                   # interface 0
      24 0a 06 00  f4 41 1e 18      # 1700000000000500 us
      1f 00 00 00  1f 00 00 00      # 31 bytes, all of them captured
      45 00 00 1f  00 00 40 00      # IPv4, 31 bytes, not to be fragmented
      40 11 b6 ca                   # 64 hops, UDP, checksum
      c0 00 02 02  c0 00 02 01      # from the remote end to the local one
      17 70 13 88  00 0b d0 c1      # UDP: ports, length, checksum
      80 1a 00  00                  # payload, filled up
      02 00 04 00  01 00 00 00      # epb_flags: inbound
      00 00 00 00
      4c 00 00 00
    `,
  );
});

/** The TCP segments in blocks: who sends, sequence, acknowledgement, flags, length of the payload. */
function segmentsIn(blocks: Uint8Array): (string | number)[][] {
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  const found: (string | number)[][] = [];
  for (let at = 0; at < blocks.length; at += view.getUint32(at + 4, true)) {
    const [ip, length] = [at + 28, view.getUint32(at + 20, true)];
    const tcp = ip + 20;
    found.push([
      view.getUint16(tcp) === 5000 ? "out" : "in",
      view.getUint32(tcp + 4),
      view.getUint32(tcp + 8),
      view.getUint8(tcp + 13).toString(16),
      length - 20 - (view.getUint8(tcp + 12) >> 4) * 4,
    ]);
  }
  return found;
}

Deno.test("PcapngWriter opens a TCP connection, counts its bytes and closes it", () => {
  const writer = new PcapngWriter({ product: "Zoe" });
  const tcp = { ...DATAGRAM, transport: "tcp" } as const;
  const request = writer.packet({ ...tcp, direction: "out", bytes: new Uint8Array(100) });
  assertEquals(segmentsIn(request), [
    ["out", 1, 0, "2", 0],
    ["in", 1, 2, "12", 0],
    ["out", 2, 2, "10", 0],
    ["out", 2, 2, "18", 100],
    ["in", 2, 102, "10", 0],
  ]);
  assertEquals(segmentsIn(writer.packet({ ...tcp, bytes: new Uint8Array(3000) })), [
    ["in", 2, 102, "10", 1460],
    ["in", 1462, 102, "10", 1460],
    ["in", 2922, 102, "18", 80],
    ["out", 102, 3002, "10", 0],
  ]);
  assertEquals(segmentsIn(writer.closed(tcp.local, tcp.remote, 0)), [
    ["out", 102, 3002, "11", 0],
    ["in", 3002, 103, "11", 0],
    ["out", 103, 3003, "10", 0],
  ]);
  assertEquals(writer.closed(tcp.local, tcp.remote, 0).length, 0);
  assertEquals(segmentsIn(writer.packet({ ...tcp, bytes: bytesOf("x") }))[0]?.[3], "2");
});

const ADDRESSES: [string, Uint8Array][] = [
  ["192.0.2.255", hex`c0 00 02 ff`],
  ["::", new Uint8Array(16)],
  ["2001:db8::8:800:200C:417a", hex`20 01 0d b8 00 00 00 00 00 08 08 00 20 0c 41 7a`],
  ["fe80::", hex`fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 00`],
  ["1:2:3:4:5:6:7:8", hex`00 01 00 02 00 03 00 04 00 05 00 06 00 07 00 08`],
  ["64:ff9b::192.0.2.33", hex`00 64 ff 9b 00 00 00 00 00 00 00 00 c0 00 02 21`],
  ["::ffff:192.0.2.1", hex`c0 00 02 01`],
];
for (const [text, bytes] of ADDRESSES) {
  Deno.test(`ipAddressBytes() reads ${text}`, () => assertEquals(ipAddressBytes(text), bytes));
}

const NO_ADDRESSES = ["", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":::", "1::2::3"];
for (
  const text of [...NO_ADDRESSES, "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8::", "g::", "12345::", "::1%lo"]
) {
  Deno.test(`ipAddressBytes() refuses ${JSON.stringify(text)}`, () => {
    assertThrows(() => ipAddressBytes(text), RangeError, "is no IP address");
  });
}

Deno.test("PcapngWriter.packet() refuses ends of different kinds, and what no datagram holds", () => {
  const writer = new PcapngWriter({ product: "Zoe" });
  assertThrows(
    () => writer.packet({ ...DATAGRAM, remote: { address: "::1", port: 1 } }),
    RangeError,
    "Cannot capture: 192.0.2.1 cannot reach ::1",
  );
  assertThrows(
    () => writer.packet({ ...DATAGRAM, bytes: new Uint8Array(65_508) }),
    RangeError,
    "Cannot capture a datagram of 65508 bytes",
  );
});
