import { assertEquals, assertThrows } from "@std/assert";
import { ByteReader } from "../../lib/bytes/byte_reader.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { readPayloadHeader, serializePayloadHeader } from "../../lib/rtp_jpeg/payload_header.ts";
import { hex } from "../support/hex.ts";

const PLAIN = { typeSpecific: 0, fragmentOffset: 0, type: 1, q: 255, width: 384, height: 288 };

const GOOD = [
  {
    name: "a first packet of 4:2:0",
    bytes: hex`
      00           # type-specific: progressively scanned
      00 00 00     # fragment offset
      01           # type 1: 4:2:0
      ff           # Q 255: tables in this frame
      30 24        # 48 and 36 blocks of 8: 384 x 288`,
    header: PLAIN,
  },
  {
    name: "a further packet of 4:2:2 with restart markers",
    bytes: hex`
      00  01 e2 40  # fragment offset 123456
      40            # type 64: 4:2:2, a restart header follows
      63            # Q 99
      ff 01         # 2040 x 8`,
    header: { ...PLAIN, fragmentOffset: 123_456, type: 64, q: 99, width: 2040, height: 8 },
  },
  {
    name: "the highest of each field",
    bytes: hex`ff ff ff ff ff ff ff ff`,
    header: {
      ...{ typeSpecific: 255, fragmentOffset: 0xffffff, type: 255, q: 255 },
      ...{ width: 2040, height: 2040 },
    },
  },
  {
    name: "a size over 2040",
    bytes: hex`00 00 00 00 00 32 00 00`,
    header: { ...PLAIN, type: 0, q: 50, width: 0, height: 0 },
  },
];
for (const { name, bytes, header } of GOOD) {
  Deno.test(`readPayloadHeader() reads ${name} (RFC 2435 §3.1)`, () => {
    assertEquals(readPayloadHeader(new ByteReader("packet", bytes)), header);
  });
  Deno.test(`serializePayloadHeader() writes ${name}`, () => {
    assertEquals(serializePayloadHeader(header), bytes);
  });
}

const FIELDS = [
  "type-specific",
  ...Array(3).fill("fragment offset"),
  "type",
  "Q",
  "width",
  "height",
];
FIELDS.forEach((field: string, length) => {
  Deno.test(`readPayloadHeader() names what ${length} bytes leave short`, () => {
    assertThrows(
      () => readPayloadHeader(new ByteReader("packet", new Uint8Array(length))),
      WireError,
      `Cannot parse packet: ${field} needs`,
    );
  });
});

const WRONG = [
  { fragmentOffset: 0x1000000, message: "fragment offset 16777216 is over 24 bits" },
  { width: 2048, message: "2048 x 288 are no multiples of 8 up to 2040" },
  { height: 479, message: "384 x 479 are no multiples of 8 up to 2040" },
];
for (const { message, ...fields } of WRONG) {
  Deno.test(`serializePayloadHeader() refuses: ${message}`, () => {
    assertThrows(() => serializePayloadHeader({ ...PLAIN, ...fields }), RangeError, message);
  });
}
