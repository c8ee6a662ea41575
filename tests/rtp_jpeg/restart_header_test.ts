import { assertEquals, assertThrows } from "@std/assert";
import { ByteReader } from "../../lib/bytes/byte_reader.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import {
  readRestartHeader,
  serializeRestartHeader,
  WHOLE_FRAME,
} from "../../lib/rtp_jpeg/restart_header.ts";
import { hex } from "../support/hex.ts";

const GOOD = [
  {
    name: "frames that are put together whole",
    bytes: hex`
      00 18  # restart interval of 24 MCUs
      ff ff  # F=1 L=1, count 0x3fff`,
    header: { interval: 24, first: true, last: true, count: WHOLE_FRAME },
  },
  {
    name: "a chunk's first packet",
    bytes: hex`ff ff  80 05  # F=1 L=0, the frame's interval 5`,
    header: { interval: 65_535, first: true, last: false, count: 5 },
  },
  {
    name: "a chunk's last packet",
    bytes: hex`00 01  40 00`,
    header: { interval: 1, first: false, last: true, count: 0 },
  },
];
for (const { name, bytes, header } of GOOD) {
  Deno.test(`readRestartHeader() reads ${name} (RFC 2435 §3.1.7)`, () => {
    assertEquals(readRestartHeader(new ByteReader("packet", bytes)), header);
  });
  Deno.test(`serializeRestartHeader() writes ${name}`, () => {
    assertEquals(serializeRestartHeader(header), bytes);
  });
}

for (const length of [0, 1, 2, 3]) {
  Deno.test(`readRestartHeader() refuses ${length} bytes`, () => {
    const field = length < 2 ? "restart interval" : "restart count";
    assertThrows(
      () => readRestartHeader(new ByteReader("packet", new Uint8Array(length))),
      WireError,
      `${field} needs 2 bytes`,
    );
  });
}
