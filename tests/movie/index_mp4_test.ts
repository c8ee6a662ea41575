import { assert, assertEquals, assertLess, assertLessOrEqual } from "@std/assert";
import { indexMp4 } from "../../lib/movie/index_mp4.ts";
import type { MovieIndex } from "../../lib/movie/movie_indexer.ts";
import { sampleJpeg } from "../files/sample_movie.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";
import { framesOf, runSteps } from "./frames_of.ts";
import { be32, mp4Box, sampleMp4 } from "./sample_mp4.ts";

const JPEGS = [1, 2, 3, 4, 5].map((length) => sampleJpeg(length, length));
const FILE = sampleMp4(JPEGS);

function index(file: Uint8Array): MovieIndex {
  return runSteps(indexMp4(file.length), file).result;
}

function jpegsOf(file: Uint8Array, found = index(file)): Uint8Array[] {
  return framesOf(found).map(([offset, length]) => file.slice(offset, offset + length));
}

Deno.test("indexMp4() finds the frames and the rate", () => {
  const found = index(FILE);
  assertEquals(jpegsOf(FILE, found), JPEGS);
  assertEquals([found.problem, found.remark, found.framesPerSecond], [undefined, undefined, 25]);
});

Deno.test("indexMp4() understands offsets of 64 bits, and a length of all samples", () => {
  const long = sampleMp4(JPEGS, { long: true });
  assertEquals(jpegsOf(long), JPEGS);
  const alike = [sampleJpeg(1, 9), sampleJpeg(2, 9), sampleJpeg(3, 9)];
  const file = sampleMp4(alike, { sizeOfAll: alike[0]?.length ?? 0 });
  assertEquals(jpegsOf(file), alike);
});

Deno.test("indexMp4() finds the table of contents before the frames, and behind a box of 64 bits", () => {
  const longBox = hex`00 00 00 01 ${bytesOf("free")} 00 00 00 00 00 00 00 14 ${bytesOf("1234")}`;
  const file = hex`${FILE.subarray(0, -1)} ${FILE.subarray(-1)} ${longBox}`;
  assertEquals(jpegsOf(file), JPEGS);
  const at = textOf(FILE).indexOf("moov") - 4;
  const moov = FILE.slice(at);
  const chunks = textOf(moov).indexOf("stco") + 12;
  const view = new DataView(moov.buffer);
  for (let entry = 0; entry < 3; entry++) {
    view.setUint32(chunks + entry * 4, view.getUint32(chunks + entry * 4) + moov.length);
  }
  const early = hex`${FILE.subarray(0, 16)} ${moov} ${FILE.subarray(16, at)}`;
  assertEquals(jpegsOf(early), JPEGS);
});

Deno.test("indexMp4() remarks times that differ, not those of the last frame", () => {
  const uneven = index(sampleMp4(JPEGS, { times: [[2, 12], [2, 36], [1, 24]] }));
  assertEquals(
    [uneven.framesPerSecond, uneven.remark],
    [25, "its frames take from 20 to 60 ms, and are played evenly, 25 a second"],
  );
  assertEquals(index(sampleMp4(JPEGS, { times: [[4, 24], [1, 54]] })).remark, undefined);
});

Deno.test("indexMp4() shows the frame before again for an empty sample", () => {
  const [one, two] = [sampleJpeg(1), sampleJpeg(2)];
  assertEquals(jpegsOf(sampleMp4([one, new Uint8Array(), two])), [one, one, two]);
});

Deno.test("indexMp4() keeps what is before the end of a file that is cut short", () => {
  const at = textOf(FILE).indexOf("moov") - 4;
  const moov = FILE.slice(at);
  const view = new DataView(moov.buffer);
  view.setUint32(textOf(moov).indexOf("stsz") + 16 + 4 * 4, 10_000);
  const found = index(hex`${FILE.subarray(0, at)} ${moov}`);
  assertEquals(found.frames.count, 4);
  assertEquals([found.problem?.frame, found.problem?.wanted], [5, "10000 bytes"]);
});

const REFUSED: [string, Uint8Array, string, string][] = [
  [
    "another codec",
    sampleMp4([bytesOf("abcd")], { format: "avc1" }),
    '"ab" in video of "avc1"',
    "a JPEG (ff d8)",
  ],
  [
    "a movie without a table of contents",
    FILE.subarray(0, 100),
    "the end of the file",
    "the table of contents (moov)",
  ],
  ["a movie without video", mp4Box("moov", mp4Box("mvhd", be32(0))), "no track of video", "one"],
  [
    "a fragmented movie",
    hex`${sampleMp4([])} ${mp4Box("moof", be32(0))}`,
    "fragments (moof)",
    "a table of all frames in moov",
  ],
];
for (const [name, file, found, wanted] of REFUSED) {
  Deno.test(`indexMp4() tells about ${name}`, () => {
    const { frames, problem } = index(file);
    assertEquals([frames.count, problem?.found, problem?.wanted], [0, found, wanted]);
  });
}

Deno.test("indexMp4() does not believe counts that the file has no room for", () => {
  const huge = FILE.slice();
  const at = textOf(huge).indexOf("stsz");
  new DataView(huge.buffer).setUint32(at + 12, 0xffff_ffff);
  assertEquals(jpegsOf(huge), JPEGS);
  new DataView(huge.buffer).setUint32(at + 8, 4);
  assertLessOrEqual(index(huge).frames.count, huge.length / 4);
});

Deno.test("indexMp4() reads a small part of a long file", () => {
  const jpegs = Array.from({ length: 3000 }, (_, i) => sampleJpeg(i & 0xff));
  const file = sampleMp4(jpegs);
  const { result, reads } = runSteps(indexMp4(file.length), file);
  assertEquals(result.frames.count, 3000);
  assertLess(reads, 40);
});

Deno.test("indexMp4() survives 20,000 damages, and its frames lie within the file", () => {
  const random = new SeededRandom(5);
  for (let run = 0; run < 20_000; run++) {
    const file = damaged(FILE, random);
    const { result, reads } = runSteps(indexMp4(file.length), file);
    assertLessOrEqual(reads, file.length);
    for (const [offset, length] of framesOf(result)) {
      assert(offset >= 0 && length > 0 && offset + length <= file.length);
    }
  }
});
