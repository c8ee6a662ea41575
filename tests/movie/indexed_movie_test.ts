import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { FrameIndex } from "../../lib/movie/frame_index.ts";
import { IndexedMovie } from "../../lib/movie/indexed_movie.ts";
import { MovieReadError } from "../../lib/movie/movie_read_error.ts";
import type { ReadAt } from "../../lib/movie/read_at.ts";
import { hex } from "../support/hex.ts";

const FIRST = hex`
  ff d8
  ff c0 00 11 08 00 30 00 40 03  # 64 x 48, three components
  01 22 00  02 11 01  03 11 01
  ff d9
`;
const FILE = hex`00 00 ${FIRST} ff d8 aa ff d9`;

function inMemory(file: Uint8Array): ReadAt {
  return (offset, into) => {
    const there = file.subarray(offset, offset + into.length);
    into.set(there);
    return there.length;
  };
}

function movieOf(readAt: ReadAt): IndexedMovie {
  const frames = new FrameIndex();
  frames.append(2, FIRST.length);
  frames.append(2 + FIRST.length, 5);
  return new IndexedMovie({ name: "m", framesPerSecond: 20, etag: "e", frames, readAt });
}

Deno.test("IndexedMovie reads each frame where the index says", () => {
  const movie = movieOf(inMemory(FILE));
  assertEquals([movie.frameCount, movie.width, movie.height], [2, 64, 48]);
  assertEquals(movie.frame(0), FIRST);
  assertEquals(movie.frame(1), hex`ff d8 aa ff d9`);
});

for (const index of [-1, 2, 0.5, NaN]) {
  Deno.test(`IndexedMovie.frame(${index}) is a bug of the caller`, () => {
    const movie = movieOf(inMemory(FILE));
    assertThrows(() => movie.frame(index), RangeError, `No frame ${index}: there are 2`);
  });
}

Deno.test("IndexedMovie names movie, frame and place when the file was cut short", () => {
  const file = { bytes: FILE };
  const movie = movieOf((offset, into) => inMemory(file.bytes)(offset, into));
  file.bytes = FILE.subarray(0, -3);
  const error = assertThrows(
    () => movie.frame(1),
    MovieReadError,
    `Cannot read frame 2 of "m" at byte ${FILE.length - 5}: 2 of 5 bytes are there`,
  );
  assertEquals([error.movie, error.frame, error.offset], ["m", 2, FILE.length - 5]);
});

Deno.test("IndexedMovie notices that the file was changed", () => {
  const file = FILE.slice();
  const movie = movieOf(inMemory(file));
  file.set([0x30, 0x31], FILE.length - 5);
  assertThrows(
    () => movie.frame(1),
    MovieReadError,
    'found "01", wanted a JPEG (ff d8): the file was changed',
  );
});

Deno.test("IndexedMovie passes on why a read failed", () => {
  const failure = new Error("Input/output error");
  let fail = false;
  const movie = movieOf((offset, into) => {
    if (fail) throw failure;
    return inMemory(FILE)(offset, into);
  });
  fail = true;
  const error = assertThrows(() => movie.frame(0), MovieReadError, "Input/output error");
  assertStrictEquals(error.cause, failure);
});

Deno.test("IndexedMovie refuses a first frame without a size", () => {
  const file = FILE.slice();
  file[5] = 0xd9;
  assertThrows(() => movieOf(inMemory(file)), WireError);
});
