import { assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { writeRtpHeader } from "../../lib/rtp/rtp_header.ts";
import { parseRtpPacket, type RtpPacket, serializeRtpPacket } from "../../lib/rtp/rtp_packet.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";

const PLAIN: RtpPacket = {
  marker: true,
  payloadType: 26,
  sequence: 42,
  timestamp: 90_000,
  ssrc: 0xdeadbeef,
  csrcs: [],
  payload: hex`ff d9`,
};

interface Row {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly packet: RtpPacket;
  /** What is written again, where that is not `bytes`. */
  readonly canonical?: Uint8Array;
}

const GOOD: Row[] = [
  {
    name: "the last packet of a frame",
    bytes: hex`
      80 9a 00 2a   # V=2, no P, X or CSRCs; M=1, PT=26; sequence number 42
      00 01 5f 90   # timestamp 90000: one second in
      de ad be ef   # SSRC
      ff d9         # payload`,
    packet: PLAIN,
  },
  {
    name: "no payload at all, all numbers at their highest",
    bytes: hex`
      80 7f ff ff   # M=0, PT=127; sequence number 65535
      ff ff ff ff   # timestamp
      ff ff ff ff   # SSRC`,
    packet: {
      marker: false,
      payloadType: 127,
      sequence: 0xffff,
      timestamp: 0xffffffff,
      ssrc: 0xffffffff,
      csrcs: [],
      payload: hex``,
    },
  },
  {
    name: "CSRCs and an extension",
    bytes: hex`
      92 9a 00 2a  00 01 5f 90  de ad be ef   # X=1, CC=2
      00 00 00 01  ff ff ff ff                # two CSRCs
      be de 00 01  10 aa 00 00                # profile, one word, the word
      ff d9`,
    packet: {
      ...PLAIN,
      csrcs: [1, 0xffffffff],
      extension: { profile: 0xbede, data: hex`10 aa 00 00` },
    },
  },
  {
    name: "an extension of no words",
    bytes: hex`90 9a 00 2a  00 01 5f 90  de ad be ef  12 34 00 00  ff d9`,
    packet: { ...PLAIN, extension: { profile: 0x1234, data: hex`` } },
  },
  {
    name: "padding, which stays on the wire",
    bytes: hex`
      a0 9a 00 2a  00 01 5f 90  de ad be ef   # P=1
      ff d9  00 00 00 04                      # the count counts itself`,
    packet: PLAIN,
    canonical: hex`80 9a 00 2a  00 01 5f 90  de ad be ef  ff d9`,
  },
  {
    name: "nothing but padding",
    bytes: hex`a0 9a 00 2a  00 01 5f 90  de ad be ef  01`,
    packet: { ...PLAIN, payload: hex`` },
    canonical: hex`80 9a 00 2a  00 01 5f 90  de ad be ef`,
  },
];

for (const { name, bytes, packet, canonical = bytes } of GOOD) {
  Deno.test(`parseRtpPacket() reads ${name} (RFC 3550 §5.1)`, () => {
    assertEquals(parseRtpPacket(bytes), packet);
  });
  Deno.test(`serializeRtpPacket() writes ${name}`, () => {
    assertEquals(serializeRtpPacket(packet), canonical);
  });
}

const BAD: [string, Uint8Array, string][] = [
  ["nothing", hex``, "version needs 1 byte, 0 are left (byte 0 of 0)"],
  ["eleven bytes", hex`80 9a 00 2a 00 01 5f 90 de ad be`, "SSRC needs 4 bytes, 3 are left"],
  ["version 1", hex`40 9a 00 2a`, "version 1 is not 2 (byte 0 of 4: 40 9a 00 2a)"],
  [
    "a short CSRC",
    hex`81 1a 00 00 00 00 00 00 00 00 00 00 ff ff`,
    "CSRC 0 needs 4 bytes, 2 are left (byte 12 of 14: ff ff)",
  ],
  [
    "a short extension",
    hex`90 1a 00 00 00 00 00 00 00 00 00 00 be de 00 02 00 00 00 00`,
    "extension needs 8 bytes, 4 are left",
  ],
  [
    "padding without room for its count",
    hex`a0 1a 00 00 00 00 00 00 00 00 00 00`,
    "padding is announced, but nothing is left",
  ],
  [
    "padding of 0",
    hex`a0 1a 00 00 00 00 00 00 00 00 00 00 ff 00`,
    "padding of 0 bytes is announced (byte 13 of 14: 00)",
  ],
  [
    "padding longer than the rest",
    hex`a0 1a 00 00 00 00 00 00 00 00 00 00 ff 03`,
    "padding of 3 bytes is announced, 2 are left (byte 13 of 14: 03)",
  ],
];
for (const [name, bytes, message] of BAD) {
  Deno.test(`parseRtpPacket() refuses ${name} (RFC 3550 §5.1, A.1)`, () => {
    const whole = `Cannot parse RTP packet: ${message}`;
    assertThrows(() => parseRtpPacket(bytes), WireError, whole);
  });
}

Deno.test("serializeRtpPacket() refuses what the header has no room for", () => {
  const csrcs = new Array<number>(16).fill(1);
  assertThrows(() => serializeRtpPacket({ ...PLAIN, csrcs }), RangeError, "16 CSRCs, at most 15");
  for (const length of [3, 262_144]) {
    const extension = { profile: 0, data: new Uint8Array(length) };
    const write = () => serializeRtpPacket({ ...PLAIN, extension });
    assertThrows(write, RangeError, `extension of ${length} bytes, a multiple of 4 up to 262140`);
  }
});

Deno.test("writeRtpHeader() writes at the offset and nowhere else", () => {
  const target = new Uint8Array(16).fill(0xaa);
  writeRtpHeader(target, 2, { ...PLAIN, payloadType: 0xff + 27, sequence: 65_536 + 42 });
  assertEquals(target, hex`aa aa  80 9a 00 2a 00 01 5f 90 de ad be ef  aa aa`);
});

Deno.test("writeRtpHeader() refuses a target that is too short", () => {
  for (const offset of [-1, 1]) {
    const write = () => writeRtpHeader(new Uint8Array(12), offset, PLAIN);
    assertThrows(write, RangeError, `12 bytes at ${offset} do not fit into 12`);
  }
});

Deno.test("parseRtpPacket() survives damage, and what it takes it can write", () => {
  const random = new SeededRandom(1);
  let taken = 0;
  for (let run = 0; run < 20_000; run++) {
    const { bytes } = GOOD[run % GOOD.length] as Row;
    let packet: RtpPacket;
    try {
      packet = parseRtpPacket(damaged(bytes, random));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      continue;
    }
    taken++;
    assertEquals(parseRtpPacket(serializeRtpPacket(packet)), packet);
  }
  assertEquals(taken > 1000, true);
});
