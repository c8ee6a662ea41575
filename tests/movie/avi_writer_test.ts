import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { AVI_HEADER_LENGTH } from "../../lib/movie/avi_header.ts";
import { AviWriter } from "../../lib/movie/avi_writer.ts";
import type { FileWrite } from "../../lib/movie/file_write.ts";
import { indexAvi } from "../../lib/movie/index_avi.ts";
import { sampleJpeg } from "../files/sample_movie.ts";
import { framesOf, runSteps } from "./frames_of.ts";
import { sampleAviWrites } from "./sample_avi.ts";
import { writtenFile } from "./written_file.ts";

const OPTIONS = { width: 64, height: 48, framesPerSecond: 20 };

Deno.test("AviWriter writes no byte twice but the heads", () => {
  const jpegs = Array.from({ length: 200 }, (_, i) => sampleJpeg(i, i));
  let end = 0;
  for (const { offset, bytes } of sampleAviWrites(jpegs, { partLength: 15_000 })) {
    if (offset === end) end += bytes.length;
    else assert(offset < end && (bytes.length === 24 || bytes.length === AVI_HEADER_LENGTH));
  }
});

Deno.test("AviWriter.finish() corrects the rate, to a hundred-thousandth", () => {
  for (const rate of [25, 12.5, 30_000 / 1001, 24_000 / 1001, 14.98765, 0.5]) {
    const writer = new AviWriter(OPTIONS);
    const file = writtenFile([
      ...writer.start(),
      ...writer.frame(sampleJpeg(1)),
      ...writer.finish(rate),
    ]);
    const found = runSteps(indexAvi(file.length), file).result.framesPerSecond ?? 0;
    assertLess(Math.abs(found - rate), 1e-5);
  }
});

/** Where a frame of an AVI file without end is, and a reader of what has been written of it. */
class SparseFile {
  readonly #writes: FileWrite[] = [];
  length = 0;

  write(writes: readonly FileWrite[]): void {
    this.#writes.push(...writes);
    for (const { offset, bytes } of writes) {
      this.length = Math.max(this.length, offset + bytes.length);
    }
  }

  read(offset: number, length: number): Uint8Array {
    const into = new Uint8Array(Math.max(0, Math.min(length, this.length - offset)));
    for (const write of this.#writes) {
      const from = Math.max(offset, write.offset);
      const to = Math.min(offset + into.length, write.offset + write.bytes.length);
      if (from < to) {
        into.set(write.bytes.subarray(from - write.offset, to - write.offset), from - offset);
      }
    }
    return into;
  }
}

Deno.test("AviWriter is right over 4 GB", () => {
  const writer = new AviWriter(OPTIONS);
  const jpeg = new Uint8Array(40_000_001);
  jpeg.set(sampleJpeg(1));
  const file = new SparseFile();
  file.write(writer.start());
  for (let frame = 0; frame < 130; frame++) file.write(writer.frame(jpeg));
  file.write(writer.finish());
  assert(file.length > 5e9);
  const steps = indexAvi(file.length);
  let step = steps.next();
  let reads = 0;
  while (step.done !== true) {
    reads++;
    step = steps.next(file.read(step.value.offset, step.value.length));
  }
  const frames = framesOf(step.value);
  assertEquals([frames.length, step.value.remark, step.value.problem], [130, undefined, undefined]);
  assertLess(reads, 100);
  for (const [offset, length] of frames) {
    assertEquals(length, jpeg.length);
    assertEquals(file.read(offset, 4), jpeg.slice(0, 4));
  }
});

Deno.test("AviWriter refuses what does not fit", () => {
  const writer = new AviWriter(OPTIONS);
  writer.start();
  assertThrows(
    () => writer.frame(new Uint8Array()),
    RangeError,
    "Cannot write frame 1 as AVI: it has 0 bytes, 1 to 67108864 fit",
  );
  assertThrows(() => new AviWriter({ ...OPTIONS, framesPerSecond: 0 }), RangeError, "0 frames a");
  assertThrows(() => new AviWriter({ ...OPTIONS, width: 70_000 }), RangeError, "70000 x 48");
});
