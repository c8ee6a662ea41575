import { assertEquals } from "@std/assert";
import { sequenceCount } from "../../lib/rtp/packetized_frame.ts";

const COUNTS: [payloads: number, sequenceStep: "each" | "shared", count: number][] = [
  [0, "each", 0],
  [0, "shared", 0],
  [1, "each", 1],
  [1, "shared", 1],
  [5, "each", 5],
  [5, "shared", 1],
];
for (const [length, sequenceStep, count] of COUNTS) {
  Deno.test(`sequenceCount() of ${length} packets, numbers ${sequenceStep}, is ${count}`, () => {
    const payloads = Array.from({ length }, () => new Uint8Array(1));
    const frame = { payloads, octets: length, markLast: true, sequenceStep };
    assertEquals(sequenceCount(frame), count);
  });
}
