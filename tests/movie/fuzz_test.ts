/**
 * Damaged files over all containers, from their bytes to their frames: `make fuzz` runs 100,000,
 * `ZOETROPE_FUZZ_RUNS=N` runs N for each container.
 */
import { assert, assertLess, assertLessOrEqual } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { openMovie } from "../../lib/files/open_movie.ts";
import { serializeLabFrame } from "../../lib/movie/lab_frame.ts";
import { MovieReadError } from "../../lib/movie/movie_read_error.ts";
import { sampleJpeg } from "../files/sample_movie.ts";
import { damaged } from "../support/damage.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";
import { smallAvi } from "./sample_avi.ts";
import { sampleMp4 } from "./sample_mp4.ts";

const DEFAULT_RUNS = 5000;
const RUNS = Number(Deno.env.get("ZOETROPE_FUZZ_RUNS") ?? DEFAULT_RUNS);
const LONGEST_MS = 1000;
/** Frames of each movie that are read. */
const MOST_READ = 20;

const JPEGS = [1, 2, 3, 4, 5].map((filler) => sampleJpeg(filler, filler * 7));

function multipart(withLength: boolean): Uint8Array {
  return joinBytes(JPEGS.flatMap((jpeg) => {
    const length = withLength ? `Content-Length: ${jpeg.length}\r\n` : "";
    return [bytesOf(`--b\r\nContent-Type: image/jpeg\r\n${length}\r\n`), jpeg, bytesOf("\r\n")];
  }));
}

const CONTAINERS: [string, readonly Uint8Array[]][] = [
  ["lab framing", [
    joinBytes(JPEGS.map((jpeg, i) => serializeLabFrame(jpeg, i + 1))),
    joinBytes([bytesOf("0000000001"), serializeLabFrame(sampleJpeg(1), 1)]),
  ]],
  ["JPEG stream", [joinBytes(JPEGS), sampleJpeg(1)]],
  ["AVI", [smallAvi(JPEGS), smallAvi([new Uint8Array(), ...JPEGS, new Uint8Array()])]],
  ["MOV", [sampleMp4(JPEGS), sampleMp4(JPEGS, { long: true }), sampleMp4(JPEGS.slice(1))]],
  ["multipart", [multipart(true), multipart(false)]],
];

/** Opens a file and reads its frames; whether there was one. */
async function play(file: Uint8Array): Promise<boolean> {
  const opened = await openMovie({
    name: "m",
    length: file.length,
    etag: "e",
    framesPerSecond: 20,
    readAt: (offset, into) => {
      const there = file.subarray(offset, offset + into.length);
      into.set(there);
      return there.length;
    },
  });
  if (opened.kind === "refusal") {
    assert(opened.reason.startsWith('Cannot play "m": ') && opened.reason.length < 500);
    return false;
  }
  const { movie } = opened;
  assert(movie.framesPerSecond > 0 && movie.width > 0 && movie.height > 0);
  if (Number.isFinite(movie.frameCount)) assertLessOrEqual(movie.frameCount, file.length);
  for (let index = 0; index < Math.min(MOST_READ, movie.frameCount); index++) {
    try {
      const jpeg = movie.frame(index);
      assert(jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg.length <= file.length);
    } catch (error) {
      if (!(error instanceof MovieReadError)) throw error;
    }
  }
  return true;
}

for (const [seed, [name, files]] of CONTAINERS.entries()) {
  Deno.test(`${name}: ${RUNS} damaged files are a movie or a clear refusal`, async () => {
    const random = new SeededRandom(seed);
    let movies = 0;
    for (const file of files) assert(await play(file));
    for (let run = 0; run < RUNS; run++) {
      const file = damaged(files[run % files.length] ?? bytesOf(""), random);
      const start = performance.now();
      try {
        if (await play(file)) movies++;
      } catch (cause) {
        throw new Error(`Damaged file ${run} of ${name} broke it`, { cause });
      }
      assertLess(performance.now() - start, LONGEST_MS);
    }
    assert(movies > RUNS / 20, `only ${movies} of ${RUNS} could be played`);
  });
}

const HUGE: [string, () => Uint8Array][] = [
  ["AVI that claims 4 billion frames", () => withNumber(smallAvi(JPEGS), "ix00", 12, true)],
  ["AVI that claims 4 billion tables", () => withNumber(smallAvi(JPEGS), "indx", 12, true)],
  ["MOV that claims 4 billion samples", () => withNumber(sampleMp4(JPEGS), "stsz", 12, false)],
  ["MOV that claims 4 billion chunks", () => withNumber(sampleMp4(JPEGS), "stco", 8, false)],
  ["MOV that claims 4 billion times", () => withNumber(sampleMp4(JPEGS), "stts", 8, false)],
  ["MOV with 4 billion samples in a chunk", () => withNumber(sampleMp4(JPEGS), "stsc", 16, false)],
];

/** A copy with a number of 0xffffffff, so far behind where some letters start. */
function withNumber(
  file: Uint8Array,
  letters: string,
  behind: number,
  littleEndian: boolean,
): Uint8Array {
  const at = String.fromCharCode(...file).indexOf(letters);
  assert(at >= 0);
  new DataView(file.buffer).setUint32(at + behind, 0xffff_ffff, littleEndian);
  return file;
}

for (const [name, make] of HUGE) {
  Deno.test(`An ${name} costs no more than its bytes`, async () => {
    const start = performance.now();
    await play(make());
    assertLess(performance.now() - start, LONGEST_MS);
  });
}
