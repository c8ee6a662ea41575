import { RiffWriter } from "./riff_writer.ts";

/** Tables that `indx` has room for: one for each part of the file. */
export const MOST_AVI_PARTS = 512;

const HAS_INDEX = 0x10;
const IS_INTERLEAVED = 0x100;
const SUPER_INDEX_LENGTH = 24 + MOST_AVI_PARTS * 16;
const STREAM_LIST_LENGTH = 4 + 8 + 56 + 8 + 40 + 8 + SUPER_INDEX_LENGTH;
const ODML_LIST_LENGTH = 4 + 8 + 248;
const HEADER_LIST_LENGTH = 4 + 8 + 56 + 8 + STREAM_LIST_LENGTH + 8 + ODML_LIST_LENGTH;

/** Everything before the first frame, including the four letters `movi`. */
export const AVI_HEADER_LENGTH = 12 + 8 + HEADER_LIST_LENGTH + 12;

/** One table `ix00` of the file. */
export interface AviPart {
  /** Of its head in the file. */
  readonly offset: number;
  /** With its head. */
  readonly length: number;
  /** Frames in it. */
  readonly frames: number;
}

/** What an AVI header says; the sizes are 0 as long as the file is being written. */
export interface AviHeader {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Behind the list `RIFF`'s own head, for the first part of the file. */
  readonly riffSize: number;
  /** Of the first list `movi`, with these four letters. */
  readonly movieSize: number;
  /** Frames in the first part. */
  readonly firstFrames: number;
  /** Frames in all parts. */
  readonly frames: number;
  /** The longest frame. */
  readonly largest: number;
  readonly parts: readonly AviPart[];
}

/**
 * The header of an AVI file with one stream of Motion-JPEG (RIFF; OpenDML 1.02). Its length is always
 * `AVI_HEADER_LENGTH`, so that it can be written again over itself.
 */
export function serializeAviHeader(header: AviHeader): Uint8Array {
  const { framesPerSecond, riffSize, movieSize, firstFrames, frames } = header;
  const out = new RiffWriter();
  out.id("RIFF").u32(riffSize).id("AVI ");
  out.id("LIST").u32(HEADER_LIST_LENGTH).id("hdrl").id("avih").u32(56);
  const perSecond = Math.min(0xffff_ffff, Math.round(header.largest * framesPerSecond));
  out.u32(Math.round(1e6 / framesPerSecond), perSecond, 0, HAS_INDEX | IS_INTERLEAVED, firstFrames);
  out.u32(0, 1, header.largest, header.width, header.height, 0, 0, 0, 0);
  out.id("LIST").u32(STREAM_LIST_LENGTH).id("strl");
  writeStream(out, header);
  writeSuperIndex(out, header.parts);
  out.id("LIST").u32(ODML_LIST_LENGTH).id("odml").id("dmlh").u32(248, frames).zeros(244);
  out.id("LIST").u32(movieSize).id("movi");
  return out.bytes();
}

function writeStream(out: RiffWriter, header: AviHeader): void {
  const { width, height, largest } = header;
  const [rate, scale] = ratio(header.framesPerSecond);
  out.id("strh").u32(56).id("vids").id("MJPG").u32(0, 0, 0, scale, rate, 0, header.frames);
  out.u32(largest, 0xffff_ffff, 0).u16(0, 0, width, height);
  out.id("strf").u32(40, 40, width, height).u16(1, 24).id("MJPG");
  out.u32(width * height * 3, 0, 0, 0, 0);
}

function writeSuperIndex(out: RiffWriter, parts: readonly AviPart[]): void {
  out.id("indx").u32(SUPER_INDEX_LENGTH).u16(4, 0).u32(parts.length).id("00dc").u32(0, 0, 0);
  for (const { offset, length, frames } of parts) out.u64(offset).u32(length, frames);
  out.zeros((MOST_AVI_PARTS - parts.length) * 16);
}

/** A rate as the fraction that AVI has: whole numbers, those of NTSC, or to a hundred-thousandth. */
function ratio(framesPerSecond: number): readonly [rate: number, scale: number] {
  for (const scale of [1, 1001]) {
    const rate = scale === 1 ? framesPerSecond : Math.round(framesPerSecond * 1.001) * 1000;
    if (Number.isInteger(rate) && Math.abs(rate / scale - framesPerSecond) < 1e-6) {
      return [rate, scale];
    }
  }
  return [Math.round(framesPerSecond * 100_000), 100_000];
}
