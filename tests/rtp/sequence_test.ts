import { assertEquals } from "@std/assert";
import { sequenceDistance, SequenceExtender, timestampDistance } from "../../lib/rtp/sequence.ts";

const SEQUENCES: [from: number, to: number, distance: number][] = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, -1],
  [65_535, 0, 1],
  [0, 65_535, -1],
  [0, 32_767, 32_767],
  [0, 32_768, -32_768],
  [40_000, 7_232, 32_768 - 65_536],
];
for (const [from, to, distance] of SEQUENCES) {
  Deno.test(`sequenceDistance() from ${from} to ${to} is ${distance}`, () => {
    assertEquals(sequenceDistance(from, to), distance);
  });
}

const TIMESTAMPS: [from: number, to: number, distance: number][] = [
  [0xffff_ffff, 0, 1],
  [0, 0xffff_ffff, -1],
  [0, 0x7fff_ffff, 0x7fff_ffff],
  [0, 0x8000_0000, -0x8000_0000],
];
for (const [from, to, distance] of TIMESTAMPS) {
  Deno.test(`timestampDistance() from ${from} to ${to} is ${distance}`, () => {
    assertEquals(timestampDistance(from, to), distance);
  });
}

Deno.test("SequenceExtender counts three wraps and places what is behind", () => {
  const extender = new SequenceExtender();
  assertEquals(extender.newest, undefined);
  for (let number = 65_000; number < 65_000 + 3 * 65_536; number += 5) {
    assertEquals(extender.extend(number & 0xffff), number);
    assertEquals(extender.extend(number - 90 & 0xffff), number - 90);
    assertEquals(extender.newest, number);
  }
});

Deno.test("SequenceExtender places below 0 what is before a first number of 0", () => {
  const extender = new SequenceExtender();
  assertEquals([0, 65_535, 1].map((sequence) => extender.extend(sequence)), [0, -1, 1]);
});
