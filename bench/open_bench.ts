/**
 * How long it takes to open movies of 100 MB in each container, and an AVI file of 100 GB:
 * `deno run -A bench/open_bench.ts`. The files have just been written, so they are in the system's memory.
 */
import { joinBytes } from "../lib/bytes/join_bytes.ts";
import { openMoviePath } from "../lib/files/open_movie_path.ts";
import { runIndexSteps } from "../lib/files/run_index_steps.ts";
import { JpegEncoder } from "../lib/jpeg/jpeg_encoder.ts";
import { AviWriter } from "../lib/movie/avi_writer.ts";
import type { FileWrite } from "../lib/movie/file_write.ts";
import { indexAvi } from "../lib/movie/index_avi.ts";
import { serializeLabFrame } from "../lib/movie/lab_frame.ts";
import { sampleMp4 } from "../tests/movie/sample_mp4.ts";
import { writtenFile } from "../tests/movie/written_file.ts";

const FILE_LENGTH = 100_000_000;
const RUNS = 5;
const SHAPE = { width: 384, height: 288, framesPerSecond: 25 };

/** Noise, coarse enough for the length that is wanted. */
function jpegOf(length: number): Uint8Array {
  const pixels = new Uint8Array(384 * 288 * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 2_654_435_761 >>> 24) & 0x3f;
  const jpeg = new JpegEncoder(384, 288, { quality: 50 }).encode(pixels);
  // What follows EOI is a comment to nobody, and makes the length exact.
  return joinBytes([jpeg.subarray(0, length), new Uint8Array(Math.max(0, length - jpeg.length))]);
}

function aviOf(jpegs: readonly Uint8Array[]): FileWrite[] {
  const writer = new AviWriter(SHAPE);
  return [...writer.start(), ...jpegs.flatMap((jpeg) => writer.frame(jpeg)), ...writer.finish()];
}

function withoutTables(writes: readonly FileWrite[]): FileWrite[] {
  return writes.slice(0, -3);
}

function multipartOf(jpegs: readonly Uint8Array[], withLength: boolean): Uint8Array {
  const encoder = new TextEncoder();
  const lineEnd = encoder.encode("\r\n");
  return joinBytes(jpegs.flatMap((jpeg) => {
    const length = withLength ? `Content-Length: ${jpeg.length}\r\n` : "";
    return [encoder.encode(`--frame\r\nContent-Type: image/jpeg\r\n${length}\r\n`), jpeg, lineEnd];
  }));
}

async function measure(name: string, path: string): Promise<void> {
  const times: number[] = [];
  let frames = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    using lease = await openMoviePath(path, 25);
    times.push(performance.now() - start);
    frames = lease.movie.frameCount;
  }
  print(name, frames, times);
}

function print(name: string, frames: number, times: number[]): void {
  times.sort((a, b) => a - b);
  const [median, worst] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0];
  const cells = [
    String(frames).padStart(8),
    median.toFixed(1).padStart(8),
    worst.toFixed(1).padStart(8),
  ];
  // deno-lint-ignore no-console -- a benchmark prints
  console.log(`${name.padEnd(52)}${cells.join("")}`);
}

async function measureContainers(folder: string, length: number): Promise<void> {
  const jpeg = jpegOf(length);
  const jpegs = Array.from({ length: Math.round(FILE_LENGTH / length) }, () => jpeg);
  const kinds: [string, () => Uint8Array][] = [
    ["lab framing", () => joinBytes(jpegs.map((one, i) => serializeLabFrame(one, i + 1)))],
    ["JPEG stream", () => joinBytes(jpegs)],
    ["AVI with its index", () => writtenFile(aviOf(jpegs))],
    ["AVI, never finished", () => writtenFile(withoutTables(aviOf(jpegs)))],
    ["MOV", () => sampleMp4(jpegs)],
    ["multipart with lengths", () => multipartOf(jpegs, true)],
    ["multipart without lengths", () => multipartOf(jpegs, false)],
  ];
  for (const [kind, make] of kinds) {
    await Deno.writeFile(`${folder}/movie`, make());
    await measure(`100 MB of ${kind}, frames of ${length / 1000} kB`, `${folder}/movie`);
  }
}

/** An AVI file that is nowhere: its tables are kept, and every frame looks the same. */
async function measureHugeAvi(length: number): Promise<void> {
  const writer = new AviWriter(SHAPE);
  const jpeg = new Uint8Array(length);
  const kept: FileWrite[] = [];
  let end = 0;
  const keep = (writes: readonly FileWrite[]) => {
    for (const { offset, bytes } of writes) {
      end = Math.max(end, offset + bytes.length);
      if (bytes !== jpeg && bytes.length > 8) kept.push({ offset, bytes });
    }
  };
  keep(writer.start());
  while (end < 100e9) keep(writer.frame(jpeg));
  keep(writer.finish());
  const head = Uint8Array.of(0x30, 0x30, 0x64, 0x63, 0, 0, 0, 0, 0xff, 0xd8);
  new DataView(head.buffer).setUint32(4, length, true);
  kept.reverse(); // what was written last goes before
  const readAt = (offset: number, into: Uint8Array) => {
    const from = kept.find((one) => one.offset <= offset && offset < one.offset + one.bytes.length);
    const bytes = from === undefined ? head : from.bytes.subarray(offset - from.offset);
    const read = bytes.subarray(0, Math.min(into.length, end - offset));
    into.set(read);
    return read.length;
  };
  const times: number[] = [];
  let frames = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const index = await runIndexSteps(readAt, indexAvi(end));
    times.push(performance.now() - start);
    frames = index.remark === undefined ? index.frames.count : 0;
  }
  print(`100 GB of AVI, frames of ${length / 1000} kB (tables only)`, frames, times);
}

// deno-lint-ignore no-console -- a benchmark prints
console.log(`${"".padEnd(52)}  frames  median   worst (ms)`);
const folder = await Deno.makeTempDir({ prefix: "zoetrope-bench-" });
try {
  for (const length of [10_000, 50_000]) await measureContainers(folder, length);
} finally {
  await Deno.remove(folder, { recursive: true });
}
for (const length of [200_000, 20_000]) await measureHugeAvi(length);
