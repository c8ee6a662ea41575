import { assertEquals } from "@std/assert";
import { segmentRuns } from "../../lib/sockets/linux_prepared_frame.ts";
import { lengthsOf } from "./sample_outputs.ts";

const CASES: readonly (readonly [
  string,
  readonly number[],
  readonly (readonly [number, number, number])[],
])[] = [
  ["nothing", [], []],
  ["one packet", [88], [[0, 1, 100]]],
  ["a short last packet", [88, 88, 5], [[0, 3, 100]]],
  ["a short packet that is not the last", [88, 5, 88], [[0, 2, 100], [2, 3, 100]]],
  ["a longer packet", [88, 89], [[0, 1, 100], [1, 2, 101]]],
  ["64 packets", lengthsOf(64, 88), [[0, 64, 100]]],
  ["65 packets", lengthsOf(65, 88), [[0, 64, 100], [64, 65, 100]]],
  ["more than 65,507 bytes", lengthsOf(47, 1388), [[0, 46, 1400], [46, 47, 1400]]],
  ["exactly 65,507 bytes", [32_742, 32_741], [[0, 2, 32_754]]],
  ["one byte more", [32_742, 32_742], [[0, 1, 32_754], [1, 2, 32_754]]],
];

for (const [name, lengths, expected] of CASES) {
  Deno.test(`segmentRuns() divides ${name}`, () => {
    assertEquals(
      segmentRuns(lengths),
      expected.map(([from, to, segmentLength]) => ({ from, to, segmentLength })),
    );
  });
}
