import type { ByteRange } from "./byte_range.ts";
import type { ReadSteps } from "./index_steps.ts";
import { isChunkId } from "./riff_chunk_id.ts";
import { RiffFields } from "./riff_fields.ts";

const CHUNK_HEAD_LENGTH = 8;
const LIST_HEAD_LENGTH = 12;
/** As much of `strh` and `strf` as is looked at. */
const LOOKED_AT_LENGTH = 56;
/** Parts of one kind that are kept: lists of frames have 1 GB or more each. */
const MOST_PARTS = 4096;

/** The first stream of video in an AVI file. */
export interface AviStream {
  /** Counts the streams of all kinds, from 0. */
  readonly number: number;
  /** `undefined` where the file does not say. */
  readonly framesPerSecond: number | undefined;
  /** Four letters: `MJPG`. */
  readonly compression: string;
  /** What is in the chunk `indx`, if there is one. */
  readonly superIndex: ByteRange | undefined;
}

/** Where the parts of an AVI file are. */
export interface AviLayout {
  readonly stream: AviStream | undefined;
  /** What is in the lists `movi`, in order; over 2 GB there are several. */
  readonly movies: readonly ByteRange[];
  /** What is in the chunk `idx1`, if there is one. */
  readonly idx1: ByteRange | undefined;
}

/** A chunk that was met on the way; `id` is the list's type for `RIFF` and `LIST`. */
interface Chunk extends ByteRange {
  readonly id: string;
}

/**
 * Finds the parts of an AVI file (RIFF; OpenDML 1.02 for more than 2 GB), without looking into its
 * frames. A list whose length is 0 or reaches behind the file, as in one that was never finished, ends
 * with what it is in.
 *
 * @param fileLength In bytes.
 */
export function* readAviLayout(fileLength: number): ReadSteps<AviLayout> {
  const movies: ByteRange[] = [];
  let stream: AviStream | undefined;
  let idx1: ByteRange | undefined;
  for (const riff of yield* chunksOf({ start: 0, end: fileLength }, ["AVI ", "AVIX"])) {
    for (const part of yield* chunksOf(riff, ["hdrl", "movi", "idx1"])) {
      if (part.id === "hdrl") stream ??= yield* readHeaderList(part);
      else if (part.id === "movi") movies.push(part);
      else if (riff.id === "AVI ") idx1 ??= part;
    }
  }
  return { stream, movies, idx1 };
}

/** The chunks in a part of the file that have one of these names, up to the first that is none. */
function* chunksOf(range: ByteRange, names: readonly string[]): ReadSteps<Chunk[]> {
  const chunks: Chunk[] = [];
  let at = range.start;
  while (at + CHUNK_HEAD_LENGTH <= range.end && chunks.length < MOST_PARTS) {
    const head = new RiffFields(yield { offset: at, length: LIST_HEAD_LENGTH });
    const [name, size] = [head.id(0), head.u32(4)];
    if (!isChunkId(name)) break;
    const isList = name === "RIFF" || name === "LIST";
    const unfinished = isList && size < 4;
    const contentEnd = at + CHUNK_HEAD_LENGTH + size;
    const end = unfinished ? range.end : Math.min(contentEnd, range.end);
    const start = Math.min(at + (isList ? LIST_HEAD_LENGTH : CHUNK_HEAD_LENGTH), end);
    const id = isList ? head.id(8) : name;
    if (names.includes(id)) chunks.push({ id, start, end });
    at = end + (end - start & 1);
  }
  return chunks;
}

function* readHeaderList(list: ByteRange): ReadSteps<AviStream | undefined> {
  let ofAll: number | undefined;
  let number = 0;
  for (const part of yield* chunksOf(list, ["avih", "strl"])) {
    if (part.id === "avih") {
      const microseconds = new RiffFields(yield { offset: part.start, length: 4 }).u32(0);
      ofAll = rate(1e6, microseconds);
      continue;
    }
    const found = yield* readStreamList(part, number, ofAll);
    if (found !== undefined) return found;
    number++;
  }
  return undefined;
}

function* readStreamList(
  list: ByteRange,
  number: number,
  ofAll: number | undefined,
): ReadSteps<AviStream | undefined> {
  let isVideo = false;
  let framesPerSecond = ofAll;
  let compression = "";
  let superIndex: ByteRange | undefined;
  for (const part of yield* chunksOf(list, ["strh", "strf", "indx"])) {
    if (part.id === "indx") superIndex ??= part;
    if (part.id === "indx") continue;
    const length = Math.min(part.end - part.start, LOOKED_AT_LENGTH);
    const fields = new RiffFields(yield { offset: part.start, length });
    if (part.id === "strh") {
      isVideo = fields.id(0) === "vids";
      framesPerSecond = rate(fields.u32(24), fields.u32(20)) ?? ofAll;
    } else {
      compression = fields.id(16);
    }
  }
  return isVideo ? { number, framesPerSecond, compression, superIndex } : undefined;
}

function rate(count: number, duration: number): number | undefined {
  const value = count / duration;
  return value >= 0.001 && value <= 1000 ? value : undefined;
}
