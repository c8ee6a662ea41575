import { assert, assertEquals } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { JpegStreamSplitter } from "../../lib/jpeg/jpeg_stream_splitter.ts";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";

const SMALL = hex`
  ff d8
  ff da 00 03 01      # SOS
  12 ff 00 34 ff d3 56  # entropy: a stuffed byte, RST3
  ff ff d9            # EOI behind a fill byte
`;
const WITH_THUMBNAIL = hex`
  ff d8
  ff e1 00 10  ff d8 ff da 00 03 01 12 34 ff d9 ff d8 ff  # EXIF holds a JPEG
  ff da 00 03 01  99 98
  ff c4 00 02         # a segment between two scans
  ff da 00 03 01  97
  ff d9
`;
const WITHOUT_EOI = SMALL.subarray(0, -3);

/** All frames and how many bytes were skipped. */
function split(
  chunks: readonly Uint8Array[],
  max?: number,
): { frames: unknown[]; skipped: number } {
  const splitter = new JpegStreamSplitter(max);
  const frames = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.finish()];
  return { frames, skipped: splitter.skippedLength };
}

const GOOD: { name: string; parts: Uint8Array[]; frames: number[]; max?: number }[] = [
  { name: "frames one behind another", parts: [SMALL, WITH_THUMBNAIL, SMALL], frames: [0, 1, 2] },
  {
    name: "frames with garbage between, before and behind",
    parts: [hex`00 ff d8 00`, SMALL, hex`0d 0a ff ff d8 11`, WITH_THUMBNAIL, hex`ff d8`],
    frames: [1, 3],
  },
  { name: "a frame that lacks EOI, ended by SOI", parts: [WITHOUT_EOI, SMALL], frames: [0, 1] },
  { name: "a last frame that lacks EOI", parts: [SMALL, WITHOUT_EOI], frames: [0, 1] },
  {
    name: "frames behind one that breaks off before its scan",
    parts: [hex`ff d8 ff db 00 04 01 02`, SMALL],
    frames: [1],
  },
  {
    name: "frames behind a segment length of 0",
    parts: [hex`ff d8 ff db 00 00 01 02`, SMALL],
    frames: [1],
  },
  {
    name: "frames behind one over the limit",
    parts: [hex`ff d8 ff da 00 02`, new Uint8Array(60), SMALL, SMALL],
    frames: [2, 3],
    max: 60,
  },
  {
    name: "frames behind a segment that reaches over the limit",
    parts: [hex`ff d8 ff e0 01 00`, new Uint8Array(254), SMALL],
    frames: [2],
    max: 60,
  },
  { name: "a frame of just the limit", parts: [SMALL, WITH_THUMBNAIL], frames: [0], max: 17 },
  { name: "an empty stream", parts: [], frames: [] },
];
for (const { name, parts, frames, max } of GOOD) {
  Deno.test(`JpegStreamSplitter finds ${name}, under every cut`, () => {
    const stream = joinBytes(parts);
    const expected = frames.map((index) => ({
      offset: joinBytes(parts.slice(0, index)).length,
      bytes: parts[index] as Uint8Array,
    }));
    const kept = expected.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const whole = split([stream], max);
    assertEquals(whole, { frames: expected, skipped: stream.length - kept });
    for (const chunks of everyCut(stream)) assertEquals(split(chunks, max), whole);
  });
}

Deno.test("JpegStreamSplitter gives the same frames under every cut of damaged streams", () => {
  const random = new SeededRandom(2);
  const stream = joinBytes([SMALL, WITH_THUMBNAIL, SMALL, WITHOUT_EOI, SMALL]);
  for (let run = 0; run < 20_000; run++) {
    const bytes = damaged(stream, random);
    const max = random.below(2) === 0 ? 40 : undefined;
    const whole = split([bytes], max);
    const cut = random.below(bytes.length + 1);
    const halves = [bytes.subarray(0, cut), bytes.subarray(cut)];
    assertEquals(split(halves, max), whole);
    const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    if (run % 10 === 0) assertEquals(split(single, max), whole);
  }
});

Deno.test("JpegStreamSplitter gives frames that later pushes do not change", () => {
  const splitter = new JpegStreamSplitter();
  const [first] = splitter.push(SMALL);
  splitter.push(WITH_THUMBNAIL);
  assert(first !== undefined);
  assertEquals(first.bytes, SMALL);
});
