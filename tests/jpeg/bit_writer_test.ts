import { assertEquals } from "@std/assert";
import { BitWriter } from "../../lib/jpeg/bit_writer.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";

const CASES: { name: string; writes: [number, number][]; bytes: Uint8Array }[] = [
  { name: "nothing as nothing", writes: [], bytes: hex`` },
  { name: "no bits as nothing", writes: [[0, 0]], bytes: hex`` },
  { name: "one bit filled up with ones", writes: [[0, 1]], bytes: hex`7f` },
  { name: "a filled-up 0xff with its zero", writes: [[1, 1]], bytes: hex`ff 00` },
  { name: "whole bytes as they are", writes: [[0x12, 8], [0x3456, 16]], bytes: hex`12 34 56` },
  { name: "24 bits behind 7", writes: [[1, 7], [0xabcdef, 24]], bytes: hex`03 57 9b df` },
  {
    name: "four times 0xff with four zeros",
    writes: [[0x7f, 7], [0xffffff, 24], [1, 1]],
    bytes: hex`ff 00 ff 00 ff 00 ff 00`,
  },
];
for (const { name, writes, bytes } of CASES) {
  Deno.test(`BitWriter writes ${name}`, () => {
    const writer = new BitWriter();
    for (const [value, count] of writes) writer.write(value, count);
    assertEquals(writer.finish(), bytes);
    assertEquals(writer.length, bytes.length);
  });
}

Deno.test("BitWriter.restart() counts its markers modulo 8", () => {
  const writer = new BitWriter();
  writer.write(0, 3);
  for (let index = 6; index < 9; index++) writer.restart(index);
  assertEquals(writer.finish(), hex`1f  ff d6  ff d7  ff d0`);
});

Deno.test("BitWriter.reset() starts anew", () => {
  const writer = new BitWriter();
  writer.write(0x5ff, 11);
  writer.reset();
  writer.write(0x12, 8);
  assertEquals(writer.finish(), hex`12`);
});

Deno.test("BitWriter writes any bits in any portions, and grows", () => {
  const random = new SeededRandom(1);
  const writer = new BitWriter(1);
  let bits = "";
  for (let i = 0; i < 20_000; i++) {
    const count = random.below(25);
    // Every other one all ones: stuffing at every place.
    const value = random.below(2) === 0 ? 2 ** count - 1 : random.below(2 ** count);
    if (count > 0) bits += value.toString(2).padStart(count, "0");
    writer.write(value, count);
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = parseInt(bits.slice(at, at + 8), 2);
    bytes.push(...byte === 0xff ? [0xff, 0] : [byte]);
  }
  assertEquals(writer.finish(), Uint8Array.from(bytes));
});
