import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { LabFramingIndexer } from "../../lib/movie/lab_framing_indexer.ts";
import type { MovieIndex } from "../../lib/movie/movie_indexer.ts";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";

const LONG = hex`ff d8 30 30 30 30 34 ff d8 ff d9`; // holds what looks like a frame's start
const THREE = hex`
  ${bytesOf("00004")} ff d8 ff d9
  ${bytesOf("00011")} ${LONG}
  ${bytesOf("00005")} ff d8 00 ff d9
`;

function entries({ frames }: MovieIndex): [number, number][] {
  return Array.from({ length: frames.count }, (_, i) => [frames.offsetOf(i), frames.lengthOf(i)]);
}

function index(...chunks: Uint8Array[]): MovieIndex {
  const indexer = new LabFramingIndexer();
  for (const chunk of chunks) indexer.push(chunk);
  return indexer.finish();
}

/** As a reader does that can seek: pushes a few bytes, skips what is skippable and there. */
function indexBySeeking(file: Uint8Array, step: number): { index: MovieIndex; pushed: number } {
  const indexer = new LabFramingIndexer();
  let pushed = 0;
  for (let offset = 0; offset < file.length;) {
    const skipped = Math.min(indexer.skippable, file.length - offset);
    indexer.skip(skipped);
    offset += skipped;
    const chunk = file.subarray(offset, offset + step);
    indexer.push(chunk);
    offset += chunk.length;
    pushed += chunk.length;
  }
  return { index: indexer.finish(), pushed };
}

Deno.test("LabFramingIndexer finds the frames", () => {
  const whole = index(THREE);
  assertEquals(entries(whole), [[5, 4], [14, 11], [30, 5]]);
  assertEquals(whole.problem, undefined);
});

Deno.test("LabFramingIndexer understands a frame count of ten digits before the first frame", () => {
  const whole = index(bytesOf("0000000003"), THREE);
  assertEquals(entries(whole), [[15, 4], [24, 11], [40, 5]]);
  assertEquals([whole.problem, whole.remark], [undefined, undefined]);
});

Deno.test("LabFramingIndexer remarks a frame count that is wrong", () => {
  const whole = index(bytesOf("0000000500"), THREE);
  assertEquals([whole.frames.count, whole.problem], [3, undefined]);
  assertEquals(whole.remark, "it says it has 500 frames, 3 are there");
});

const FILES: [string, Uint8Array][] = [
  ["three frames", THREE],
  ["three frames with a count", joinBytes([bytesOf("0000000003"), THREE])],
  ["a broken second frame", joinBytes([THREE.subarray(0, 9), bytesOf("0a011"), LONG])],
  ["a last frame cut short", THREE.subarray(0, -1)],
];
for (const [name, file] of FILES) {
  Deno.test(`LabFramingIndexer finds the same in every cut of ${name}`, () => {
    const whole = index(file);
    for (const chunks of everyCut(file)) {
      const cut = index(...chunks);
      assertEquals([entries(cut), cut.problem], [entries(whole), whole.problem]);
    }
  });

  Deno.test(`LabFramingIndexer finds the same by seeking in ${name}`, () => {
    const whole = index(file);
    for (const step of [1, 2, 7, 8, 64]) {
      const sought = indexBySeeking(file, step).index;
      assertEquals([entries(sought), sought.problem], [entries(whole), whole.problem]);
    }
  });
}

Deno.test("LabFramingIndexer needs seven bytes of each frame, no more", () => {
  const jpeg = new Uint8Array(20_000);
  jpeg.set([0xff, 0xd8]);
  const file = joinBytes(Array.from({ length: 20 }, () => [bytesOf("20000"), jpeg]).flat());
  const { index, pushed } = indexBySeeking(file, 7);
  assertEquals([index.frames.count, index.problem], [20, undefined]);
  assertLessOrEqual(pushed, 20 * 7);
});

const NINE = THREE.subarray(0, 9);
const BROKEN: [string, Uint8Array, number, MovieIndex["problem"]][] = [
  ["an empty file", hex``, 0, {
    frame: 1,
    offset: 0,
    found: "the end of the file",
    wanted: "five digits and a JPEG (ff d8)",
  }],
  ["a web page", bytesOf("<html><body>"), 0, {
    frame: 1,
    offset: 0,
    found: '"<html><"',
    wanted: "the length of a frame in five digits",
  }],
  ["a raw JPEG stream", hex`ff d8 ff e0 00 10 4a 46`, 0, {
    frame: 1,
    offset: 0,
    found: "bytes ff d8 ff e0 00 10 4a",
    wanted: "the length of a frame in five digits",
  }],
  ["a length without a JPEG", bytesOf("00004abcd"), 0, {
    frame: 1,
    offset: 0,
    found: '"00004ab"',
    wanted: "five digits and a JPEG (ff d8)",
  }],
  ["more digits than a count has", bytesOf("12345678901234567890"), 0, {
    frame: 1,
    offset: 0,
    found: '"1234567"',
    wanted: "five digits and a JPEG (ff d8)",
  }],
  ["a length of 0", joinBytes([NINE, bytesOf("0000000004"), hex`ff d8 ff d9`]), 1, {
    frame: 2,
    offset: 9,
    found: '"00000"',
    wanted: "a length of 4 or more in five digits",
  }],
  ["a letter in the second length", joinBytes([NINE, bytesOf("00x04"), hex`ff d8 ff d9`]), 1, {
    frame: 2,
    offset: 9,
    found: "bytes 30 30 78 30 34 ff d8",
    wanted: "the length of a frame in five digits",
  }],
  ["a second frame that is no JPEG", joinBytes([NINE, bytesOf("00004abcd")]), 1, {
    frame: 2,
    offset: 9,
    found: '"00004ab"',
    wanted: "five digits and a JPEG (ff d8)",
  }],
  ["an end within a frame", THREE.subarray(0, 20), 1, {
    frame: 2,
    offset: 20,
    found: "the end of the file after 6 bytes of the frame",
    wanted: "11 bytes",
  }],
  ["an end within a length", THREE.subarray(0, 12), 1, {
    frame: 2,
    offset: 9,
    found: '"000"',
    wanted: "five digits and a JPEG (ff d8)",
  }],
  ["a line end behind the last frame", joinBytes([NINE, bytesOf("\n")]), 1, {
    frame: 2,
    offset: 9,
    found: "bytes 0a",
    wanted: "five digits and a JPEG (ff d8)",
  }],
];
for (const [name, file, frames, problem] of BROKEN) {
  Deno.test(`LabFramingIndexer keeps what is before ${name}, and tells the place`, () => {
    const found = index(file);
    assertEquals([found.frames.count, found.problem], [frames, problem]);
  });
}

Deno.test("LabFramingIndexer stays broken after a problem", () => {
  const indexer = new LabFramingIndexer();
  indexer.push(bytesOf("no movie"));
  assertEquals(indexer.skippable, Infinity);
  indexer.skip(1000);
  indexer.push(THREE);
  assertEquals([indexer.finish().frames.count, indexer.finish().problem?.offset], [0, 0]);
});

Deno.test("LabFramingIndexer.skip() refuses to pass over what it needs", () => {
  assertThrows(() => new LabFramingIndexer().skip(1), RangeError, "Cannot skip 1 bytes: 0 are");
});

Deno.test("LabFramingIndexer survives 20,000 damages, and its frames lie within the file", () => {
  const random = new SeededRandom(2);
  for (let run = 0; run < 20_000; run++) {
    const file = damaged(THREE, random);
    const found = index(file);
    let end = 0;
    for (const [offset, length] of entries(found)) {
      assertEquals(offset >= end + 5 && length >= 4, true);
      assertEquals(file.subarray(offset, offset + 2), hex`ff d8`);
      end = offset + length;
    }
    assertLessOrEqual(end, file.length);
    if (found.problem === undefined) assertEquals(end, file.length);
  }
});
