import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import {
  parseCompound,
  type RtcpDropReason,
  type RtcpPacket,
  serializeCompound,
  serializeRtcpPacket,
} from "../../lib/rtcp/compound.ts";
import type { ReceiverReport } from "../../lib/rtcp/receiver_report.ts";
import { describeSource } from "../../lib/rtcp/source_description.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";

const EMPTY_RR_BYTES = hex`80 c9 00 01  de ad be ef`; // V=2, no reports; RR; 2 words; SSRC
const EMPTY_RR: ReceiverReport = {
  kind: "receiver report",
  ssrc: 0xdeadbeef,
  reports: [],
  extension: hex``,
};

interface Row {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly packet: RtcpPacket;
}

const PACKETS: Row[] = [
  {
    name: "a sender report with one block (§6.4.1)",
    bytes: hex`
      81 c8 00 0c               # V=2, P=0, RC=1; SR=200; 13 words
      de ad be ef               # SSRC of sender
      b4 4d b7 05  20 00 00 00  # NTP time, of RFC 3550's figure 2
      00 01 5f 90               # RTP timestamp 90000
      00 00 00 2a  00 01 00 00  # 42 packets, 65536 octets
      00 00 00 07               # block: SSRC 7
      40 ff ff fe               # fraction lost 64/256, cumulative -2
      00 02 ff ff               # two wraps, then 65535
      00 00 00 5a               # jitter 90
      b7 05 20 00  00 05 40 00  # LSR; DLSR 5.250 s`,
    packet: {
      kind: "sender report",
      ssrc: 0xdeadbeef,
      ntpTime: { seconds: 0xb44db705, fraction: 0x20000000 },
      rtpTimestamp: 90_000,
      packetCount: 42,
      octetCount: 65_536,
      reports: [{
        ssrc: 7,
        fractionLost: 64,
        cumulativeLost: -2,
        extendedHighestSequence: 0x2ffff,
        jitter: 90,
        lastSenderReport: 0xb7052000,
        delaySinceLastSenderReport: 0x54000,
      }],
      extension: hex``,
    },
  },
  { name: "a receiver report of nothing (§6.4.2)", bytes: EMPTY_RR_BYTES, packet: EMPTY_RR },
  {
    name: "a receiver report with a block and a profile's extension (§6.4.3)",
    bytes: hex`
      81 c9 00 08  00 00 00 01  # RC=1; RR=201; 9 words
      ff ff ff ff               # SSRC
      ff 7f ff ff               # all lost; the highest cumulative loss, 8388607
      ff ff ff ff  ff ff ff ff  # highest number, jitter
      00 00 00 00  00 00 00 00  # no SR yet
      01 02 03 04               # extension`,
    packet: {
      kind: "receiver report",
      ssrc: 1,
      reports: [{
        ssrc: 0xffffffff,
        fractionLost: 255,
        cumulativeLost: 8_388_607,
        extendedHighestSequence: 0xffffffff,
        jitter: 0xffffffff,
        lastSenderReport: 0,
        delaySinceLastSenderReport: 0,
      }],
      extension: hex`01 02 03 04`,
    },
  },
  {
    name: "a source description whose chunk ends with one zero (§6.5)",
    bytes: hex`
      81 ca 00 03  00 00 00 07  # SC=1; SDES=202; 4 words; SSRC 7
      01 05 ${bytesOf("a@b.c")}  # CNAME, 5 bytes
      00                        # end`,
    packet: describeSource(7, "a@b.c"),
  },
  {
    name: "a source description with two chunks, one of no items (§6.5)",
    bytes: hex`
      82 ca 00 05
      00 00 00 07  01 01 41     # CNAME "A"
                   06 02 42 43  # TOOL "BC"
                   00           # end, by chance on the boundary
      00 00 00 08  00 00 00 00  # four zeros: the end and its padding`,
    packet: {
      kind: "source description",
      chunks: [
        { ssrc: 7, items: [{ type: 1, value: hex`41` }, { type: 6, value: hex`42 43` }] },
        { ssrc: 8, items: [] },
      ],
    },
  },
  {
    name: "a goodbye (§6.6)",
    bytes: hex`81 cb 00 01  de ad be ef`,
    packet: { kind: "goodbye", ssrcs: [0xdeadbeef] },
  },
  {
    name: "a goodbye of two sources with a reason (§6.6)",
    bytes: hex`82 cb 00 04  00 00 00 01  00 00 00 02  04 ${bytesOf("done")} 00 00 00`,
    packet: { kind: "goodbye", ssrcs: [1, 2], reason: bytesOf("done") },
  },
  {
    name: "a goodbye of nobody (§6.6)",
    bytes: hex`80 cb 00 00`,
    packet: { kind: "goodbye", ssrcs: [] },
  },
  {
    name: "an APP packet (§6.7)",
    bytes: hex`9f cc 00 03  00 00 00 07  ${bytesOf("zoet")}  01 02 03 04`,
    packet: { kind: "app", subtype: 31, ssrc: 7, name: 0x7a6f6574, data: hex`01 02 03 04` },
  },
  {
    name: "an unknown packet, kept raw",
    bytes: hex`81 ce 00 02  00 00 00 01  00 00 00 02`,
    packet: { kind: "unknown", packetType: 206, count: 1, body: hex`00 00 00 01 00 00 00 02` },
  },
  {
    name: "an unknown packet of 4 bytes",
    bytes: hex`80 ff 00 00`,
    packet: { kind: "unknown", packetType: 255, count: 0, body: hex`` },
  },
];

for (const { name, bytes, packet } of PACKETS) {
  Deno.test(`serializeRtcpPacket() writes ${name}`, () => {
    assertEquals(serializeRtcpPacket(packet), bytes);
  });
  Deno.test(`parseCompound() reads ${name}`, () => {
    const result = parseCompound(joinBytes([EMPTY_RR_BYTES, bytes]));
    assertEquals(result, { kind: "packets", packets: [EMPTY_RR, packet] });
  });
}

Deno.test("parseCompound() takes padding in the last packet (RFC 3550 §6.1, A.2)", () => {
  const bytes = hex`80 c9 00 01 de ad be ef  a1 cb 00 03 00 00 00 07  00 00 00 00 00 00 00 08`;
  const packets: RtcpPacket[] = [EMPTY_RR, { kind: "goodbye", ssrcs: [7] }];
  assertEquals(parseCompound(bytes), { kind: "packets", packets });
});

Deno.test("parseCompound() takes a report without CNAME, as peers send it to open a NAT", () => {
  assertEquals(parseCompound(EMPTY_RR_BYTES), { kind: "packets", packets: [EMPTY_RR] });
});

const DROPPED: [name: string, bytes: Uint8Array, reason: RtcpDropReason, message: string][] = [
  ["nothing", hex``, "length", "version needs 1 byte, 0 are left"],
  ["three bytes", hex`80 c9 00`, "length", "length needs 2 bytes, 1 is left"],
  ["a version 1", hex`40 c9 00 01 00 00 00 00`, "version", "version 1 is not 2 (byte 0 of 8"],
  [
    "a second packet of version 0",
    hex`${EMPTY_RR_BYTES} 00 cb 00 00`,
    "version",
    "version 0 is not 2 (byte 8 of 12",
  ],
  [
    "a goodbye first (§6.1)",
    hex`80 cb 00 00`,
    "first",
    "the first packet has the type 203, not 200 (SR) or 201 (RR) (byte 0 of 4",
  ],
  [
    "an RTP packet",
    hex`80 1a 00 01 00 00 00 00 00 00 00 00`,
    "first",
    "the first packet has the type 26",
  ],
  [
    "a length beyond the datagram (A.2)",
    hex`80 c9 00 02 00 00 00 00`,
    "length",
    "body needs 8 bytes, 4 are left",
  ],
  ["a lone byte behind", hex`${EMPTY_RR_BYTES} 80`, "length", "packet type needs 1 byte"],
  [
    "padding that is not in the last packet (§6.1)",
    hex`a0 c9 00 02 00 00 00 00 00 00 00 04  80 cb 00 00`,
    "padding",
    "padding in a packet that is not the last (byte 0 of 16",
  ],
  [
    "padding of 0",
    hex`a0 c9 00 01 00 00 00 00`,
    "padding",
    "padding of 0 bytes is announced, not a multiple of 4 up to 4",
  ],
  ["padding of 3", hex`a0 c9 00 01 00 00 00 03`, "padding", "padding of 3 bytes is announced"],
  ["padding of 8 in 4", hex`a0 c9 00 01 00 00 00 08`, "padding", "padding of 8 bytes"],
  [
    "a report of 4 bytes",
    hex`80 c9 00 00`,
    "body",
    "Cannot parse RTCP receiver report: SSRC needs 4 bytes, 0 are left",
  ],
  [
    "a block that is missing",
    hex`81 c9 00 01 00 00 00 00`,
    "body",
    "SSRC of report needs 4 bytes, 0 are left (byte 4 of 4)",
  ],
  [
    "an item longer than its chunk",
    hex`${EMPTY_RR_BYTES} 81 ca 00 02 00 00 00 07 01 09 41 00`,
    "body",
    "Cannot parse RTCP source description: item needs 9 bytes, 2 are left",
  ],
  [
    "a chunk without an end",
    hex`${EMPTY_RR_BYTES} 81 ca 00 02 00 00 00 07 01 02 41 42`,
    "body",
    "item type needs 1 byte, 0 are left",
  ],
  [
    "a goodbye with fewer sources than counted",
    hex`${EMPTY_RR_BYTES} 82 cb 00 01 00 00 00 07`,
    "body",
    "Cannot parse RTCP goodbye: SSRC 1 needs 4 bytes",
  ],
  [
    "a reason longer than its packet",
    hex`${EMPTY_RR_BYTES} 80 cb 00 01 04 41 42 43`,
    "body",
    "reason needs 4 bytes, 3 are left",
  ],
];
for (const [name, bytes, reason, message] of DROPPED) {
  Deno.test(`parseCompound() drops ${name} and says why (RFC 3550 A.2)`, () => {
    const result = parseCompound(bytes);
    assert(result.kind === "dropped");
    assertEquals(result.reason, reason);
    assert(result.message.includes(message), result.message);
  });
}

Deno.test("serializeCompound() writes report, CNAME and goodbye (RFC 3550 §6.1, §6.6)", () => {
  const packets: RtcpPacket[] = [
    EMPTY_RR,
    describeSource(0xdeadbeef, "zoetrope"),
    { kind: "goodbye", ssrcs: [0xdeadbeef] },
  ];
  const bytes = serializeCompound(packets);
  assertEquals(bytes.length % 4, 0);
  assertEquals(parseCompound(bytes), { kind: "packets", packets });
});

Deno.test("serializeCompound() has a report first and a CNAME always (RFC 3550 §6.1)", () => {
  const sdes = describeSource(1, "a");
  for (const packets of [[], [sdes, EMPTY_RR]]) {
    assertThrows(() => serializeCompound(packets), RangeError, "not a report");
  }
  assertThrows(() => serializeCompound([EMPTY_RR]), RangeError, "it holds no CNAME");
});

const UNFIT: [name: string, packet: RtcpPacket, message: string][] = [
  ["32 sources", { kind: "goodbye", ssrcs: new Array<number>(32).fill(1) }, "count 32"],
  ["a crooked extension", { ...EMPTY_RR, extension: hex`01` }, "9 bytes"],
  ["a long reason", { kind: "goodbye", ssrcs: [], reason: new Uint8Array(256) }, "256 bytes"],
  ["a long CNAME", describeSource(1, "x".repeat(256)), "256 bytes"],
];
for (const [name, packet, message] of UNFIT) {
  Deno.test(`serializeRtcpPacket() refuses ${name}`, () => {
    assertThrows(() => serializeRtcpPacket(packet), RangeError, message);
  });
}

Deno.test("parseCompound() survives damage, and what it takes can be written again", () => {
  const random = new SeededRandom(1);
  const whole = joinBytes([EMPTY_RR_BYTES, ...PACKETS.map(({ bytes }) => bytes)]);
  const rows = [whole, ...PACKETS.map(({ bytes }) => joinBytes([EMPTY_RR_BYTES, bytes]))];
  let taken = 0;
  for (let run = 0; run < 20_000; run++) {
    const result = parseCompound(damaged(rows[run % rows.length] ?? whole, random));
    if (result.kind === "dropped") continue;
    taken++;
    const again = parseCompound(joinBytes(result.packets.map(serializeRtcpPacket)));
    assertEquals(again, result);
  }
  assertGreater(taken, 1000);
});
