import { assert, assertEquals, assertLess, assertLessOrEqual } from "@std/assert";
import { AVI_HEADER_LENGTH } from "../../lib/movie/avi_header.ts";
import { indexAvi } from "../../lib/movie/index_avi.ts";
import type { MovieIndex } from "../../lib/movie/movie_indexer.ts";
import { sampleJpeg } from "../files/sample_movie.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";
import { framesOf, runSteps } from "./frames_of.ts";
import { le32, sampleAviWrites, smallAvi } from "./sample_avi.ts";
import { writtenFile } from "./written_file.ts";

const JPEGS = [sampleJpeg(1, 3), sampleJpeg(2, 4), sampleJpeg(3, 101)];
const FILE = writtenFile(sampleAviWrites(JPEGS));

function index(file: Uint8Array): MovieIndex {
  return runSteps(indexAvi(file.length), file).result;
}

function jpegsOf(file: Uint8Array, found = index(file)): Uint8Array[] {
  return framesOf(found).map(([offset, length]) => file.slice(offset, offset + length));
}

/** A copy in which four letters are other ones, everywhere. */
function replaced(file: Uint8Array, from: string, to: string): Uint8Array {
  const copy = file.slice();
  const text = textOf(file);
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 4)) {
    copy.set(bytesOf(to), at);
  }
  return copy;
}

Deno.test("indexAvi() finds the frames and the rate by the tables", () => {
  const found = index(FILE);
  assertEquals(jpegsOf(FILE, found), JPEGS);
  assertEquals([found.problem, found.remark, found.framesPerSecond], [undefined, undefined, 25]);
});

const DAMAGED_TABLES: [string, Uint8Array, string?][] = [
  ["by idx1 where there is no indx", replaced(FILE, "indx", "JUNK")],
  [
    "chunk by chunk where there is no table",
    replaced(replaced(FILE, "indx", "JUNK"), "idx1", "JUNK"),
    "its index is missing or broken, and the frames were found without it",
  ],
  [
    "chunk by chunk where the file was never finished",
    writtenFile(sampleAviWrites(JPEGS).slice(0, -3)),
    "its index is missing or broken, and the frames were found without it",
  ],
];
for (const [name, file, remark] of DAMAGED_TABLES) {
  Deno.test(`indexAvi() finds the frames ${name}`, () => {
    const found = index(file);
    assertEquals(jpegsOf(file, found), JPEGS);
    assertEquals([found.problem, found.remark, found.framesPerSecond], [undefined, remark, 25]);
  });
}

Deno.test("indexAvi() takes offsets in idx1 that count from the file's start", () => {
  const file = replaced(FILE, "indx", "JUNK");
  const view = new DataView(file.buffer);
  const entries = textOf(file).lastIndexOf("idx1") + 8;
  for (let entry = entries; entry < file.length; entry += 16) {
    view.setUint32(entry + 8, view.getUint32(entry + 8, true) + AVI_HEADER_LENGTH - 4, true);
  }
  const found = index(file);
  assertEquals([jpegsOf(file, found), found.remark], [JPEGS, undefined]);
});

Deno.test("indexAvi() does not believe an idx1 that points elsewhere", () => {
  const file = replaced(FILE, "indx", "JUNK");
  new DataView(file.buffer).setUint32(textOf(file).lastIndexOf("idx1") + 8 + 16 + 8, 5, true);
  const found = index(file);
  assertEquals(jpegsOf(file, found), JPEGS);
  assert(found.remark?.includes("missing or broken"));
});

Deno.test("indexAvi() shows the frame before again for an empty chunk, the first at the start", () => {
  const [one, two] = [sampleJpeg(1), sampleJpeg(2)];
  const none = new Uint8Array();
  const file = writtenFile(sampleAviWrites([none, none, one, none, two, none]));
  assertEquals(jpegsOf(file), [one, one, one, one, two, two]);
  const bare = replaced(replaced(file, "indx", "JUNK"), "idx1", "JUNK");
  assertEquals(jpegsOf(bare), [one, one, one, one, two, two]);
});

Deno.test("indexAvi() finds all parts of a file over its part length", () => {
  const jpegs = Array.from({ length: 40 }, (_, i) => sampleJpeg(i, i * 20));
  const file = writtenFile(sampleAviWrites(jpegs, { partLength: 12_000 }));
  assert(textOf(file).split("AVIX").length > 2);
  const found = index(file);
  assertEquals([jpegsOf(file, found), found.remark], [jpegs, undefined]);
  const bare = replaced(file, "indx", "JUNK");
  assertEquals(jpegsOf(bare), jpegs); // idx1 has the first part only, and is not believed
});

Deno.test("indexAvi() finds frames in groups, between other streams, without padding", () => {
  const start = textOf(FILE).indexOf("movi") + 4;
  const [one, two] = [sampleJpeg(1, 4), sampleJpeg(2, 3)];
  const file = hex`
    ${FILE.subarray(0, start)}
    ${bytesOf("LIST")} ff 00 00 00 ${bytesOf("rec ")}
    ${bytesOf("01wb")} 03 00 00 00 01 02 03 00
    ${bytesOf("00db")} ${le32(one.length)} ${one}
    ${bytesOf("00dc")} ${le32(two.length)} ${two}
    ${bytesOf("01wb")} 00 00 00 00
  `;
  assertEquals(one.length % 2, 1);
  const view = new DataView(file.buffer);
  view.setUint32(4, 0, true);
  view.setUint32(start - 8, 0, true);
  const found = index(file);
  assertEquals([jpegsOf(file, found), found.problem], [[one, two], undefined]);
});

Deno.test("indexAvi() tells the place where a file is cut short", () => {
  const found = index(FILE.subarray(0, AVI_HEADER_LENGTH + 8 + (JPEGS[0]?.length ?? 0) + 20));
  assertEquals(found.frames.count, 1);
  assertEquals(found.problem?.frame, 2);
  assert(found.problem?.found.startsWith("the end of the file after"));
});

Deno.test("indexAvi() tells what the video is where it is not Motion-JPEG", () => {
  const jpegs = [hex`00 00 01 b3 00 00`];
  const file = replaced(writtenFile(sampleAviWrites(jpegs)), "MJPG", "H264");
  assertEquals(index(file).problem, {
    frame: 1,
    offset: AVI_HEADER_LENGTH + 8,
    found: 'bytes 00 00 in video of "H264"',
    wanted: "a JPEG (ff d8)",
  });
});

Deno.test("indexAvi() tells what a file without frames lacks", () => {
  const header = FILE.subarray(0, 200);
  assertEquals(index(header).problem?.wanted, "the list of frames (movi)");
  assertEquals(index(FILE.subarray(0, 12)).problem?.wanted, "a stream of video (strl)");
});

Deno.test("indexAvi() reads a small part of a long file", () => {
  const jpegs = Array.from({ length: 3000 }, (_, i) => sampleJpeg(i & 0xff));
  const file = writtenFile(sampleAviWrites(jpegs));
  const { result, reads } = runSteps(indexAvi(file.length), file);
  assertEquals(result.frames.count, 3000);
  assertLess(reads, 60);
});

Deno.test("indexAvi() survives 20,000 damages, and its frames lie within the file", () => {
  const random = new SeededRandom(4);
  const whole = smallAvi(JPEGS);
  assertEquals(index(whole).remark, undefined);
  for (let run = 0; run < 20_000; run++) {
    const file = damaged(whole, random);
    const { result, reads } = runSteps(indexAvi(file.length), file);
    assertLessOrEqual(reads, file.length);
    for (const [offset, length] of framesOf(result)) {
      assert(offset >= 0 && length > 0 && offset + length <= file.length);
    }
  }
});
