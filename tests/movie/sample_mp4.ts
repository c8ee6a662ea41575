import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { bytesOf } from "../support/text.ts";

/** What a small movie may have in place of the ordinary. */
export interface SampleMp4Options {
  readonly format?: string;
  /** The times of the samples: how many, and how long each is. */
  readonly times?: readonly (readonly [count: number, duration: number])[];
  /** Whether offsets have 64 bits. */
  readonly long?: boolean;
  /** The length of all samples, in place of one for each. */
  readonly sizeOfAll?: number;
}

/** 32-bit numbers, highest byte first. */
export function be32(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((n) => [n >>> 24, n >>> 16, n >>> 8, n]));
}

/** A box of an MP4 file. */
export function mp4Box(id: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes([...content]);
  return joinBytes([be32(body.length + 8), bytesOf(id), body]);
}

/**
 * A QuickTime movie with a track of these frames, 600 ticks a second: two in each chunk, three bytes
 * between the chunks, the table of contents behind them.
 */
export function sampleMp4(
  frames: readonly Uint8Array[],
  options: SampleMp4Options = {},
): Uint8Array {
  const { format = "jpeg", times = [[frames.length, 24]], long = false, sizeOfAll = 0 } = options;
  const start = mp4Box("ftyp", bytesOf("qt  "), be32(0)).length + 8;
  const chunkOffsets: number[] = [];
  const content: Uint8Array[] = [];
  let at = start;
  for (const [i, frame] of frames.entries()) {
    if (i % 2 === 0) {
      content.push(bytesOf("gap"));
      chunkOffsets.push(at += 3);
    }
    content.push(frame);
    at += frame.length;
  }
  const runs = frames.length % 2 === 0 ? [1, 2, 1] : [1, 2, 1, chunkOffsets.length, 1, 1];
  const sizes = sizeOfAll > 0 ? [] : frames.map((frame) => frame.length);
  const offsets = long ? chunkOffsets.flatMap((offset) => [0, offset]) : chunkOffsets;
  const table = mp4Box(
    "stbl",
    mp4Box("stsd", be32(0, 1, 16), bytesOf(format), be32(0, 1)),
    mp4Box("stts", be32(0, times.length, ...times.flat())),
    mp4Box("stsc", be32(0, runs.length / 3, ...runs)),
    mp4Box("stsz", be32(0, sizeOfAll, frames.length, ...sizes)),
    mp4Box(long ? "co64" : "stco", be32(0, chunkOffsets.length, ...offsets)),
  );
  const media = mp4Box(
    "mdia",
    mp4Box("mdhd", be32(0, 0, 0, 600, 0, 0)),
    mp4Box("hdlr", be32(0, 0), bytesOf("vide"), be32(0, 0, 0)),
    mp4Box("minf", table),
  );
  return joinBytes([
    mp4Box("ftyp", bytesOf("qt  "), be32(0)),
    mp4Box("mdat", ...content),
    mp4Box("moov", mp4Box("mvhd", be32(0)), mp4Box("trak", mp4Box("tkhd", be32(0)), media)),
  ]);
}
