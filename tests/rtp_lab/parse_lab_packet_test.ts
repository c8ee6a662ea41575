import { assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { LabFrameAssembler } from "../../lib/rtp_lab/lab_frame_assembler.ts";
import { type LabPacket, parseLabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";

const STOCK = hex`
  80 1a 00 01   # V=2, P=X=CC=0; M=0, PT=26; sequence number 1
  6b 02 95 98   # Unix time in seconds
  00 00 00 00   # SSRC
  ff d8 ff d9   # a whole JPEG`;

const STOCK_PACKET: LabPacket = {
  version: 2,
  marker: false,
  payloadType: 26,
  sequence: 1,
  timestamp: 0x6b029598,
  ssrc: 0,
  payload: hex`ff d8 ff d9`,
};

const READ: [name: string, bytes: Uint8Array, packet: LabPacket][] = [
  ["the stock server's packet", STOCK, STOCK_PACKET],
  [
    "V=0 with P, X and 15 CSRCs that are not there",
    hex`3f 9a ff ff  ff ff ff ff  ff ff ff ff  ff d8 ff d9`,
    {
      ...STOCK_PACKET,
      version: 0,
      marker: true,
      sequence: 65_535,
      timestamp: 0xffffffff,
      ssrc: 0xffffffff,
    },
  ],
  [
    "an empty payload",
    hex`c0 1a 00 01  6b 02 95 98  00 00 00 00`,
    { ...STOCK_PACKET, version: 3, payload: hex`` },
  ],
];
for (const [name, bytes, packet] of READ) {
  Deno.test(`parseLabPacket() reads ${name}`, () => {
    assertEquals(parseLabPacket(bytes), packet);
  });
}

Deno.test("parseLabPacket() refuses less than a header", () => {
  for (let length = 0; length < 12; length++) {
    const parse = () => parseLabPacket(STOCK.subarray(0, length));
    assertThrows(parse, WireError, "Cannot parse lab RTP packet: ");
  }
});

Deno.test("parseLabPacket() and LabFrameAssembler survive damage", () => {
  const random = new SeededRandom(1);
  const assembler = new LabFrameAssembler();
  let parsed = 0;
  for (let run = 0; run < 20_000; run++) {
    try {
      const packet = parseLabPacket(damaged(STOCK, random));
      parsed++;
      for (const { packets, jpeg } of assembler.push(packet, run)) {
        assertEquals(packets >= 1 && jpeg.length >= 2, true);
      }
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
  }
  assembler.restart();
  const { received, duplicate, late } = assembler.reception;
  assertEquals(received, parsed);
  assertEquals(duplicate + late <= received, true);
});
