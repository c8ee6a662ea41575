import { assertEquals, assertThrows } from "@std/assert";
import { ByteReader } from "../../lib/bytes/byte_reader.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { hex } from "../support/hex.ts";

Deno.test("ByteReader reads unsigned fields in wire order", () => {
  const reader = new ByteReader("thing", hex`ff  80 01  80 00 01  ff ff ff fe  aa bb`);
  assertEquals(reader.u8("a"), 255);
  assertEquals(reader.u16("b"), 0x8001);
  assertEquals(reader.u24("c"), 0x800001);
  assertEquals(reader.u32("d"), 0xfffffffe);
  assertEquals(reader.offset, 10);
  assertEquals(reader.peek(), 0xaa);
  assertEquals(reader.rest(), hex`aa bb`);
  assertEquals([reader.left, reader.peek()], [0, undefined]);
});

const SHORT: [string, (reader: ByteReader) => unknown, string][] = [
  ["u8", (r) => r.u8("x"), "x needs 1 byte, 0 are left (byte 0 of 0)"],
  ["u16", (r) => r.u16("x"), "x needs 2 bytes, 0 are left"],
  ["u24", (r) => r.u24("x"), "x needs 3 bytes, 0 are left"],
  ["u32", (r) => r.u32("x"), "x needs 4 bytes, 0 are left"],
  ["bytes", (r) => r.bytes("x", 7), "x needs 7 bytes, 0 are left"],
  ["skip", (r) => r.skip("x", 7), "x needs 7 bytes, 0 are left"],
  ["bytes of a negative length", (r) => r.bytes("x", -2), "x has the length -2"],
];
for (const [name, read, message] of SHORT) {
  Deno.test(`ByteReader names the field when ${name} runs short`, () => {
    assertThrows(
      () => read(new ByteReader("thing", new Uint8Array())),
      WireError,
      `Cannot parse thing: ${message}`,
    );
  });
}

Deno.test("ByteReader.startsWith() looks ahead, and passes over nothing", () => {
  const reader = new ByteReader("thing", hex`01 02 03`);
  reader.u8("a");
  const found = [hex`02`, hex`02 03`, hex``, hex`02 03 04`, hex`03`].map((bytes) =>
    reader.startsWith(bytes)
  );
  assertEquals(found, [true, true, true, false, false]);
  assertEquals(reader.offset, 1);
});

Deno.test("ByteReader.fail() tells the place", () => {
  const reader = new ByteReader("thing", hex`01 02 03`);
  reader.u8("a");
  assertThrows(
    () => reader.fail("a is odd", 0),
    WireError,
    "Cannot parse thing: a is odd (byte 0 of 3: 01 02 03)",
  );
  assertThrows(() => reader.fail("b is 2"), WireError, "b is 2 (byte 1 of 3: 02 03)");
});
