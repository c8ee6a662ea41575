import { assertEquals, assertThrows } from "@std/assert";
import { ByteReader } from "../../lib/bytes/byte_reader.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import type { QuantiserTable } from "../../lib/jpeg/quantiser_table.ts";
import {
  readQuantiserHeader,
  serializeQuantiserHeader,
} from "../../lib/rtp_jpeg/quantiser_header.ts";
import { hex } from "../support/hex.ts";

const NARROW: QuantiserTable = {
  precision: 8,
  values: Uint16Array.from({ length: 64 }, (_, i) => i + 1),
};
const WIDE: QuantiserTable = {
  precision: 16,
  values: Uint16Array.from(NARROW.values, (v) => v * 300),
};
const NARROW_BYTES = Uint8Array.from(NARROW.values);
const WIDE_BYTES = Uint8Array.from(Array.from(WIDE.values).flatMap((v) => [v >> 8, v & 0xff]));

const GOOD: { name: string; bytes: Uint8Array; tables: QuantiserTable[] }[] = [
  { name: "no tables", bytes: hex`00 00 00 00`, tables: [] },
  { name: "64 bytes", bytes: hex`00 00 00 40 ${NARROW_BYTES}`, tables: [NARROW] },
  {
    name: "128 bytes",
    bytes: hex`
      00     # must be zero
      00     # precision: both have 8 bits
      00 80  # length
      ${NARROW_BYTES} ${NARROW_BYTES}`,
    tables: [NARROW, NARROW],
  },
  { name: "128 bytes of 16 bits", bytes: hex`00 01 00 80 ${WIDE_BYTES}`, tables: [WIDE] },
  {
    name: "192 bytes, the first table of 16 bits (the rightmost bit)",
    bytes: hex`00 01 00 c0 ${WIDE_BYTES} ${NARROW_BYTES}`,
    tables: [WIDE, NARROW],
  },
  {
    name: "192 bytes, the second table of 16 bits",
    bytes: hex`00 02 00 c0 ${NARROW_BYTES} ${WIDE_BYTES}`,
    tables: [NARROW, WIDE],
  },
  {
    name: "192 bytes of three tables",
    bytes: hex`00 00 00 c0 ${NARROW_BYTES} ${NARROW_BYTES} ${NARROW_BYTES}`,
    tables: [NARROW, NARROW, NARROW],
  },
  {
    name: "256 bytes of 16 bits",
    bytes: hex`00 03 01 00 ${WIDE_BYTES} ${WIDE_BYTES}`,
    tables: [WIDE, WIDE],
  },
  {
    name: "256 bytes of four tables",
    bytes: hex`00 00 01 00 ${NARROW_BYTES} ${NARROW_BYTES} ${NARROW_BYTES} ${NARROW_BYTES}`,
    tables: [NARROW, NARROW, NARROW, NARROW],
  },
];
for (const { name, bytes, tables } of GOOD) {
  Deno.test(`readQuantiserHeader() reads ${name} (RFC 2435 §3.1.8)`, () => {
    const reader = new ByteReader("packet", hex`${bytes} aa bb`);
    assertEquals(readQuantiserHeader(reader), tables);
    assertEquals(reader.left, 2);
  });
  Deno.test(`serializeQuantiserHeader() writes ${name}`, () => {
    assertEquals(serializeQuantiserHeader(tables), bytes);
  });
}

Deno.test("readQuantiserHeader() ignores precision bits of tables that are not there", () => {
  const bytes = hex`00 fc 00 80 ${NARROW_BYTES} ${NARROW_BYTES}`;
  assertEquals(readQuantiserHeader(new ByteReader("packet", bytes)), [NARROW, NARROW]);
});

const BAD: [string, Uint8Array, string][] = [
  ["three bytes", hex`00 00 00`, "quantiser tables' length needs 2 bytes, 1 is left"],
  ["63 bytes", hex`00 00 00 3f ${NARROW_BYTES}`, "63 bytes are no whole quantiser tables"],
  [
    "a length beyond the packet",
    hex`00 00 00 80 ${NARROW_BYTES}`,
    "quantiser table needs 64 bytes",
  ],
  [
    "half a wide table",
    hex`00 01 00 40 ${NARROW_BYTES}`,
    "no whole quantiser tables of precision 1",
  ],
  [
    "five tables",
    hex`00 00 01 40 ${NARROW_BYTES} ${NARROW_BYTES} ${NARROW_BYTES} ${NARROW_BYTES} ${NARROW_BYTES}`,
    "320 bytes are no whole quantiser tables",
  ],
  [
    "a quantiser of 0",
    hex`00 00 00 40 ${NARROW_BYTES.with(9, 0)}`,
    "quantiser 9 is 0 (byte 13 of 68",
  ],
];
for (const [name, bytes, message] of BAD) {
  Deno.test(`readQuantiserHeader() refuses ${name}`, () => {
    assertThrows(() => readQuantiserHeader(new ByteReader("packet", bytes)), WireError, message);
  });
}
