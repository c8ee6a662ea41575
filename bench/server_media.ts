import { JpegEncoder } from "../lib/jpeg/jpeg_encoder.ts";
import { AviWriter } from "../lib/movie/avi_writer.ts";
import type { FileWrite } from "../lib/movie/file_write.ts";
import { carryFrame } from "../lib/server/carry_frame.ts";

/** Bytes of an RTP packet, as the server and its peers are told. */
const PACKET_SIZE = 1400;

/** Different frames of a movie; they are repeated to its length. */
const DIFFERENT_FRAMES = 25;

/** What a movie for measuring is like. */
export interface BenchMovieSpec {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** What its frames come to, in bytes, within a few per cent. */
  readonly frameLength: number;
  readonly seconds: number;
  /** 25 unless given. */
  readonly framesPerSecond?: number;
}

/** A movie on disk, in the forms that the programs to be measured need. */
export interface BenchMovie {
  readonly spec: BenchMovieSpec;
  readonly aviPath: string;
  /** Packetised payloads for the C sender. */
  readonly framesPath: string;
  /** Hashes of all payloads that our server may send, 8 bytes each. */
  readonly hashesPath: string;
  /** Mean length of a frame's file. */
  readonly frameLength: number;
  /** Packets of a frame, on average. */
  readonly packets: number;
}

export const FRAMES_PER_SECOND = 25;

/** Slopes, round edges and grain, different in each frame. */
function picture(width: number, height: number, frame: number, grain: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  let noise = frame + 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      noise = Math.imul(noise, 1664525) + 1013904223 | 0;
      const ring = Math.sin(Math.hypot(x - width / 2, y - height / 3 - frame) / 9) > 0.6 ? 70 : 0;
      const value = (noise >>> 24) * grain;
      rgb[at] = 30 + 120 * x / width + ring / 2 + value;
      rgb[at + 1] = 30 + 100 * y / height + ring + value;
      rgb[at + 2] = 40 + (x + y + 2 * frame) % 97 + value;
    }
  }
  return rgb;
}

/** Frames of about the wanted length: the quality that comes nearest to it. */
export function makeFrames(
  { width, height, frameLength }: Pick<BenchMovieSpec, "width" | "height" | "frameLength">,
): Uint8Array[] {
  const grain = 0.06;
  const probe = picture(width, height, 0, grain);
  let [low, high] = [1, 95];
  while (low < high) {
    const quality = low + high + 1 >> 1;
    const { length } = new JpegEncoder(width, height, { quality }).encode(probe);
    if (length <= frameLength) low = quality;
    else high = quality - 1;
  }
  const encoder = new JpegEncoder(width, height, { quality: low });
  return Array.from(
    { length: DIFFERENT_FRAMES },
    (_, index) => encoder.encode(picture(width, height, index, grain)),
  );
}

/** Makes a movie and what goes with it in a folder. */
export function makeMovie(folder: string, spec: BenchMovieSpec): BenchMovie {
  const frames = makeFrames(spec);
  const aviPath = `${folder}/${spec.name}.avi`;
  writeAvi(aviPath, spec, frames);
  const packetized = frames.map((frame) => carryFrame(frame, PACKET_SIZE).payloads);
  const framesPath = `${folder}/${spec.name}.frames`;
  const hashesPath = `${folder}/${spec.name}.hashes`;
  writeFrames(framesPath, packetized);
  const hashes = BigUint64Array.from(packetized.flat(), hashPayload);
  Deno.writeFileSync(hashesPath, new Uint8Array(hashes.buffer));
  return {
    spec,
    aviPath,
    framesPath,
    hashesPath,
    frameLength: Math.round(frames.reduce((sum, { length }) => sum + length, 0) / frames.length),
    packets: packetized.flat().length / frames.length,
  };
}

function writeAvi(path: string, spec: BenchMovieSpec, frames: readonly Uint8Array[]): void {
  const { framesPerSecond = FRAMES_PER_SECOND } = spec;
  const writer = new AviWriter({ ...spec, framesPerSecond });
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const put = (writes: readonly FileWrite[]) => {
    for (const { offset, bytes } of writes) {
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    }
  };
  put(writer.start());
  for (let index = 0; index < spec.seconds * framesPerSecond; index++) {
    const frame = frames[index % frames.length];
    if (frame !== undefined) put(writer.frame(frame));
  }
  put(writer.finish());
}

function writeFrames(path: string, frames: readonly (readonly Uint8Array[])[]): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const put = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  const word = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);
  for (const payloads of frames) {
    put(word(payloads.length));
    for (const payload of payloads) {
      put(word(payload.length));
      put(payload);
    }
  }
}

/** What `makeMovie` wrote for the C sender: the payloads of each frame. */
export function readFrames(path: string): Uint8Array[][] {
  const bytes = Deno.readFileSync(path);
  const view = new DataView(bytes.buffer);
  const frames: Uint8Array[][] = [];
  let at = 0;
  const word = () => view.getUint32((at += 4) - 4, true);
  while (at < bytes.length) {
    frames.push(Array.from({ length: word() }, () => {
      const length = word();
      return bytes.subarray(at, at += length);
    }));
  }
  return frames;
}

/** As in bench/c/receiver.c. */
function hashPayload(payload: Uint8Array): bigint {
  const padded = new Uint8Array(Math.ceil(payload.length / 8) * 8);
  padded.set(payload);
  const view = new DataView(padded.buffer);
  let hash = BigInt(payload.length);
  for (let at = 0; at < padded.length; at += 8) {
    hash = BigInt.asUintN(64, (hash ^ view.getBigUint64(at, true)) * 0x9E3779B97F4A7C15n);
    hash ^= hash >> 32n;
  }
  return hash | 1n;
}
