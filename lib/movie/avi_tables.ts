import { isAviFrame } from "./avi_chunk_name.ts";
import { FrameCollector } from "./frame_collector.ts";
import type { AviLayout, AviStream } from "./avi_layout.ts";
import type { ByteRange } from "./byte_range.ts";
import type { FrameIndex } from "./frame_index.ts";
import { MOST_WANTED_LENGTH, type ReadSteps } from "./index_steps.ts";
import { RiffFields } from "./riff_fields.ts";

const CHUNK_HEAD_LENGTH = 8;
const IDX1_ENTRY_LENGTH = 16;
const INDX_HEAD_LENGTH = 24;
const SUPER_ENTRY_LENGTH = 16;
const INDEX_OF_CHUNKS = 1;
/** How many frames of a table are looked at in the file before it is believed. */
const PROBES = 16;

/**
 * The frames that an AVI file's tables know: OpenDML's `indx` with its `ix##`, or `idx1`.
 *
 * @returns `undefined` where there is no table, or none that can be believed: it leaves a part of the
 * file out, or does not agree with what is in it.
 */
export function* readAviTables(
  layout: AviLayout,
  stream: AviStream,
  fileLength: number,
): ReadSteps<FrameIndex | undefined> {
  const { movies, idx1 } = layout;
  const [first, last] = [movies[0], movies.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (stream.superIndex !== undefined) {
    const frames = yield* readSuperIndex(stream.superIndex, fileLength);
    if (yield* believable(frames, stream.number, last, fileLength)) return frames;
  }
  if (idx1 === undefined || movies.length > 1) return undefined;
  const base = yield* findBase(idx1, stream.number, first.start - 4);
  if (base === undefined) return undefined;
  const frames = yield* readIdx1(idx1, stream.number, base);
  return (yield* believable(frames, stream.number, last, fileLength)) ? frames : undefined;
}

/** What the offsets of `idx1` count from: the list `movi`, or, with some writers, the file's start. */
function* findBase(idx1: ByteRange, stream: number, movie: number): ReadSteps<number | undefined> {
  for (let at = idx1.start; at + IDX1_ENTRY_LENGTH <= idx1.end; at += IDX1_ENTRY_LENGTH) {
    const entry = new RiffFields(yield { offset: at, length: IDX1_ENTRY_LENGTH });
    if (!isAviFrame(entry.id(0), stream)) continue;
    const [offset, size] = [entry.u32(8), entry.u32(12)];
    for (const base of [movie, 0]) {
      const head = new RiffFields(yield { offset: base + offset, length: CHUNK_HEAD_LENGTH });
      if (isAviFrame(head.id(0), stream) && head.u32(4) === size) return base;
    }
    return undefined;
  }
  return undefined;
}

function* readIdx1(idx1: ByteRange, stream: number, base: number): ReadSteps<FrameIndex> {
  const frames = new FrameCollector();
  for (let at = idx1.start; at + IDX1_ENTRY_LENGTH <= idx1.end;) {
    const length = Math.min(MOST_WANTED_LENGTH, idx1.end - at);
    const entries = new RiffFields(yield { offset: at, length });
    const whole = Math.floor(entries.length / IDX1_ENTRY_LENGTH) * IDX1_ENTRY_LENGTH;
    if (whole === 0) break;
    for (let entry = 0; entry < whole; entry += IDX1_ENTRY_LENGTH) {
      if (!isAviFrame(entries.id(entry), stream)) continue;
      frames.append(base + entries.u32(entry + 8) + CHUNK_HEAD_LENGTH, entries.u32(entry + 12));
    }
    at += whole;
  }
  return frames.index;
}

/** `indx`: a table of tables, or at once one of chunks. */
function* readSuperIndex(indx: ByteRange, fileLength: number): ReadSteps<FrameIndex | undefined> {
  const frames = new FrameCollector();
  const head = new RiffFields(yield { offset: indx.start, length: INDX_HEAD_LENGTH });
  if (head.u8(3) === INDEX_OF_CHUNKS) {
    return (yield* readChunkTable(indx.start, indx.end, frames)) ? frames.index : undefined;
  }
  const count = head.u32(4);
  let left = fileLength; // all tables together fit into the file: none is named twice
  for (let entry = 0; entry < count; entry++) {
    const at = indx.start + INDX_HEAD_LENGTH + entry * SUPER_ENTRY_LENGTH;
    if (at + SUPER_ENTRY_LENGTH > indx.end) return undefined;
    const fields = new RiffFields(yield { offset: at, length: SUPER_ENTRY_LENGTH });
    const start = fields.u64(0) + CHUNK_HEAD_LENGTH;
    const end = fields.u64(0) + fields.u32(8);
    left -= end - start;
    if (left < 0 || !(yield* readChunkTable(start, end, frames))) return undefined;
  }
  return frames.index;
}

/** One table of chunks; whether all of it was there. */
function* readChunkTable(start: number, end: number, frames: FrameCollector): ReadSteps<boolean> {
  const head = new RiffFields(yield { offset: start, length: INDX_HEAD_LENGTH });
  const [entryLength, count, base] = [head.u16(0) * 4, head.u32(4), head.u64(12)];
  if (head.u8(3) !== INDEX_OF_CHUNKS || entryLength < 8) return false;
  const stop = start + INDX_HEAD_LENGTH + count * entryLength;
  if (stop > end) return false;
  for (let at = start + INDX_HEAD_LENGTH; at < stop;) {
    const entries = new RiffFields(
      yield { offset: at, length: Math.min(MOST_WANTED_LENGTH, stop - at) },
    );
    const whole = Math.floor(entries.length / entryLength) * entryLength;
    if (whole === 0) return false;
    for (let entry = 0; entry < whole; entry += entryLength) {
      // The highest bit of the length says that it is no key frame.
      frames.append(base + entries.u32(entry), entries.u32(entry + 4) & 0x7fff_ffff);
    }
    at += whole;
  }
  return true;
}

/** Whether the frames reach into the last part, and those looked at are where they should be. */
function* believable(
  frames: FrameIndex | undefined,
  stream: number,
  last: ByteRange,
  fileLength: number,
): ReadSteps<boolean> {
  if (frames === undefined || frames.count === 0) return false;
  if (frames.offsetOf(frames.count - 1) < last.start) return false;
  const probes = Math.min(PROBES, frames.count);
  for (let probe = 0; probe < probes; probe++) {
    const frame = probes === 1 ? 0 : Math.floor(probe * (frames.count - 1) / (probes - 1));
    const [offset, length] = [frames.offsetOf(frame), frames.lengthOf(frame)];
    if (offset + length > fileLength) return false;
    const head = new RiffFields(yield { offset: offset - 8, length: 10 });
    if (!isAviFrame(head.id(0), stream) || head.u32(4) !== length) return false;
    if (head.u8(8) !== 0xff || head.u8(9) !== 0xd8) return false;
  }
  return true;
}
