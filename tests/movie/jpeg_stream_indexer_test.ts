import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { JpegStreamIndexer } from "../../lib/movie/jpeg_stream_indexer.ts";
import type { MovieIndex } from "../../lib/movie/movie_indexer.ts";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";

const FRAME = hex`ff d8  ff e0 00 04 ff d9  ff da 00 02 12 ff 00 34  ff d9`;
const TWO = hex`${FRAME} ${FRAME}`;

function index(...chunks: Uint8Array[]): MovieIndex {
  const indexer = new JpegStreamIndexer();
  for (const chunk of chunks) indexer.push(chunk);
  return indexer.finish();
}

function entries({ frames }: MovieIndex): [number, number][] {
  return Array.from({ length: frames.count }, (_, i) => [frames.offsetOf(i), frames.lengthOf(i)]);
}

Deno.test("JpegStreamIndexer finds the frames in every cut", () => {
  const { length } = FRAME;
  for (const chunks of everyCut(TWO)) {
    const whole = index(...chunks);
    assertEquals(entries(whole), [[0, length], [length, length]]);
    assertEquals([whole.problem, whole.remark], [undefined, undefined]);
  }
});

Deno.test("JpegStreamIndexer remarks what it passed over", () => {
  const whole = index(hex`${FRAME} 0d 0a ${FRAME} 0d 0a`);
  assertEquals(entries(whole), [[0, FRAME.length], [FRAME.length + 2, FRAME.length]]);
  assertEquals(whole.remark, "4 bytes that belong to no whole frame are passed over");
});

Deno.test("JpegStreamIndexer tells what it found where there is no frame", () => {
  for (const chunks of everyCut(hex`ff d8 ff e0 00 10 4a 46 49 46`)) {
    assertEquals(index(...chunks).problem, {
      frame: 1,
      offset: 0,
      found: "bytes ff d8 ff e0 00 10 4a 46",
      wanted: "a whole JPEG",
    });
  }
  assertEquals(index().problem?.found, "the end of the file");
});

Deno.test("JpegStreamIndexer.skip() refuses to pass over anything", () => {
  new JpegStreamIndexer().skip(0);
  assertThrows(() => new JpegStreamIndexer().skip(1), RangeError, "Cannot skip 1 bytes");
});

Deno.test("JpegStreamIndexer survives 20,000 damages, and its frames lie within the file", () => {
  const random = new SeededRandom(4);
  for (let run = 0; run < 20_000; run++) {
    const file = damaged(TWO, random);
    let end = 0;
    for (const [offset, length] of entries(index(file))) {
      assertEquals(offset >= end, true);
      assertEquals(file.subarray(offset, offset + 2), hex`ff d8`);
      end = offset + length;
    }
    assertLessOrEqual(end, file.length);
  }
});
