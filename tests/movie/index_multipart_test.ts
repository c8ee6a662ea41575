import { assert, assertEquals, assertLess, assertLessOrEqual } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { indexMultipart } from "../../lib/movie/index_multipart.ts";
import type { MovieIndex } from "../../lib/movie/movie_indexer.ts";
import { sampleJpeg } from "../files/sample_movie.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";
import { framesOf, runSteps } from "./frames_of.ts";

const JPEGS = [sampleJpeg(1, 3), sampleJpeg(0x2d, 40), sampleJpeg(3, 200)];

function index(file: Uint8Array): MovieIndex {
  return runSteps(indexMultipart(file.length), file).result;
}

function jpegsOf(file: Uint8Array, found = index(file)): Uint8Array[] {
  return framesOf(found).map(([offset, length]) => file.slice(offset, offset + length));
}

/** A dump, with a length of each part unless `length` says otherwise. */
function dump(
  jpegs: readonly Uint8Array[],
  length: (jpeg: Uint8Array) => string = (jpeg) => `Content-Length: ${jpeg.length}\r\n`,
  lineEnd = "\r\n",
): Uint8Array {
  const parts = jpegs.map((jpeg) => {
    const head = `--b0undary\r\nContent-Type: image/jpeg\r\n${length(jpeg)}\r\n`;
    return joinBytes([bytesOf(head.replaceAll("\r\n", lineEnd)), jpeg, bytesOf(lineEnd)]);
  });
  return joinBytes(parts);
}

const WHOLE = dump(JPEGS);
const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=x\r\n\r\n";
const GOOD: [string, Uint8Array][] = [
  ["parts with a length", WHOLE],
  ["parts without a length", dump(JPEGS, () => "")],
  ["line ends of one byte", dump(JPEGS, () => "", "\n")],
  ["a closing boundary", hex`${WHOLE} ${bytesOf("--b0undary--\r\nbye")}`],
  ["the head of an HTTP response before", hex`${bytesOf(HEAD)} ${WHOLE}`],
  ["an empty line before", hex`${bytesOf("\r\n")} ${WHOLE}`],
  ["lengths that are too small", dump(JPEGS, () => "content-length: 7\r\n")],
  ["lengths that are too large", dump(JPEGS, () => "Content-length: 30\r\n")],
  ["no line end behind a body", dump(JPEGS, undefined, "\r\n").subarray(0, -2)],
  ["a header cut off at the end", hex`${WHOLE} ${bytesOf("--b0undary\r\nConten")}`],
];
for (const [name, file] of GOOD) {
  Deno.test(`indexMultipart() finds the frames with ${name}`, () => {
    const found = index(file);
    assertEquals(jpegsOf(file, found), JPEGS);
    assertEquals([found.problem, found.remark], [undefined, undefined]);
  });
}

Deno.test("indexMultipart() passes over parts that are no JPEG, and empty ones", () => {
  const file = dump([bytesOf("hello"), ...JPEGS, new Uint8Array()], () => "");
  const found = index(file);
  assertEquals(jpegsOf(file, found), JPEGS);
  assertEquals(found.remark, "2 parts that are no JPEG are passed over");
});

Deno.test("indexMultipart() tells the place of a last frame cut short", () => {
  const file = WHOLE.subarray(0, -20);
  const found = index(file);
  assertEquals(found.frames.count, 2);
  assertEquals([found.problem?.frame, found.problem?.offset], [3, file.length]);
  assert(found.problem?.found.startsWith("the end of the file after"));
});

Deno.test("indexMultipart() tells what a file without frames lacks", () => {
  assertEquals(index(bytesOf("Content-Type: text/html\n\n")).problem?.wanted, "a boundary (--)");
  const page = dump([bytesOf("<html>")]);
  assertEquals(index(page).problem?.found, "1 parts of another kind");
});

Deno.test("indexMultipart() keeps what is before a header that never ends", () => {
  const file = hex`${WHOLE} ${bytesOf("--b0undary\r\n")} ${bytesOf("x".repeat(9000))}`;
  const found = index(file);
  assertEquals([found.frames.count, found.problem?.frame, found.problem?.offset], [
    3,
    4,
    WHOLE.length,
  ]);
});

Deno.test("indexMultipart() finds a boundary across the ends of what it reads", () => {
  for (let filler = 65_470; filler < 65_515; filler++) {
    const jpeg = sampleJpeg(0x0a, filler);
    const file = dump([jpeg, jpeg], () => "");
    const [one, two] = framesOf(index(file));
    assertEquals([one?.[1], two?.[1]], [jpeg.length, jpeg.length]);
  }
});

Deno.test("indexMultipart() reads little of each frame whose length it knows", () => {
  const file = dump(Array.from({ length: 50 }, () => sampleJpeg(1, 50_000)));
  const { result, reads } = runSteps(indexMultipart(file.length), file);
  assertEquals(result.frames.count, 50);
  assertLess(reads, 50 * 4);
});

Deno.test("indexMultipart() survives 20,000 damages, and its frames lie within the file", () => {
  const random = new SeededRandom(6);
  for (let run = 0; run < 20_000; run++) {
    const file = damaged(GOOD[run % GOOD.length]?.[1] ?? WHOLE, random);
    const { result, reads } = runSteps(indexMultipart(file.length), file);
    assertLessOrEqual(reads, file.length + 1);
    for (const [offset, length] of framesOf(result)) {
      assert(offset >= 0 && length > 0 && offset + length <= file.length);
    }
  }
});
