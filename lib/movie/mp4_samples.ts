import { BoxFields } from "./box_fields.ts";
import type { ByteRange } from "./byte_range.ts";
import { FrameCollector } from "./frame_collector.ts";
import type { ReadSteps } from "./index_steps.ts";
import type { MovieIndex } from "./movie_indexer.ts";
import type { MovieProblem } from "./movie_problem.ts";
import type { Mp4Tables } from "./mp4_track.ts";
import { TableCursor } from "./table_cursor.ts";

/** Version, flags and the count of entries. */
const TABLE_HEAD_LENGTH = 8;
/** `stsz` has the length of all samples before the count. */
const SIZES_HEAD_LENGTH = 12;
const SHORTEST_JPEG = 4;

/**
 * Where the samples of a track are (ISO 14496-12 §8.7): their lengths from `stsz`, the chunks from `stco`
 * or `co64`, and how many samples a chunk has from `stsc`.
 *
 * @returns The frames up to the first that is not whole in the file.
 */
export function* readMp4Samples(tables: Mp4Tables, fileLength: number): ReadSteps<MovieIndex> {
  const frames = new FrameCollector();
  const index = frames.index;
  const sizes = yield* openSizes(tables.get("stsz"), fileLength);
  const chunks = yield* openChunks(tables);
  const runs = yield* openTable(tables.get("stsc"), 12);
  if (sizes === undefined || chunks === undefined || runs === undefined) return { frames: index };
  const perChunk = new ChunkRuns(runs);
  let sample = 0;
  for (let chunk = 1; sample < sizes.count; chunk++) {
    let offset = yield* chunks.next();
    if (offset === undefined) break;
    for (let left = yield* perChunk.of(chunk); left > 0 && sample < sizes.count; left--) {
      const length = sizes.all > 0 ? sizes.all : yield* nextSize(sizes.table);
      if (length === undefined) return { frames: index };
      if (offset + length > fileLength) {
        return { frames: index, problem: cutShort(sample + 1, offset, length, fileLength) };
      }
      frames.append(offset, length);
      offset += length;
      sample++;
    }
  }
  return { frames: index };
}

interface SampleSizes {
  readonly count: number;
  /** The length of all samples; 0 where each has its own. */
  readonly all: number;
  readonly table: TableCursor;
}

function* openSizes(
  stsz: ByteRange | undefined,
  fileLength: number,
): ReadSteps<SampleSizes | undefined> {
  if (stsz === undefined) return undefined;
  const head = new BoxFields(yield { offset: stsz.start, length: SIZES_HEAD_LENGTH });
  const [all, declared] = [head.u32(4), head.u32(8)];
  if (all > 0 && all < SHORTEST_JPEG) return undefined;
  const room = all > 0 ? fileLength / all : (stsz.end - stsz.start - SIZES_HEAD_LENGTH) / 4;
  const count = Math.min(declared, Math.max(0, Math.floor(room)));
  return { count, all, table: new TableCursor(stsz.start + SIZES_HEAD_LENGTH, 4, count) };
}

function* nextSize(table: TableCursor): ReadSteps<number | undefined> {
  const at = table.has() || (yield* table.fill()) ? table.next() : undefined;
  return at === undefined ? undefined : table.fields.u32(at);
}

function* openChunks(tables: Mp4Tables): ReadSteps<ChunkOffsets | undefined> {
  const short = yield* openTable(tables.get("stco"), 4);
  const long = short === undefined ? yield* openTable(tables.get("co64"), 8) : undefined;
  const table = short ?? long;
  return table && new ChunkOffsets(table, long !== undefined);
}

/** The offsets of the chunks, one after the other. */
class ChunkOffsets {
  readonly #table: TableCursor;
  readonly #isLong: boolean;

  constructor(table: TableCursor, isLong: boolean) {
    this.#table = table;
    this.#isLong = isLong;
  }

  *next(): ReadSteps<number | undefined> {
    const table = this.#table;
    if (!table.has() && !(yield* table.fill())) return undefined;
    const at = table.next();
    return this.#isLong ? table.fields.u64(at) : table.fields.u32(at);
  }
}

/** How many samples a chunk has; asked for each chunk in order, from 1. */
class ChunkRuns {
  readonly #table: TableCursor;
  #now = 0;
  #nextFirst = 0;
  #next = 0;

  constructor(table: TableCursor) {
    this.#table = table;
  }

  *of(chunk: number): ReadSteps<number> {
    const table = this.#table;
    while (this.#nextFirst <= chunk) {
      this.#now = this.#next;
      if (table.has() || (yield* table.fill())) {
        const at = table.next();
        this.#nextFirst = table.fields.u32(at);
        this.#next = table.fields.u32(at + 4);
      } else {
        this.#nextFirst = Infinity;
      }
    }
    return this.#now;
  }
}

/** A table that starts with the count of its entries; no more of them than there is room for. */
function* openTable(
  box: ByteRange | undefined,
  entryLength: number,
): ReadSteps<TableCursor | undefined> {
  if (box === undefined) return undefined;
  const head = new BoxFields(yield { offset: box.start, length: TABLE_HEAD_LENGTH });
  const room = Math.floor((box.end - box.start - TABLE_HEAD_LENGTH) / entryLength);
  const count = Math.min(head.u32(4), Math.max(0, room));
  return new TableCursor(box.start + TABLE_HEAD_LENGTH, entryLength, count);
}

function cutShort(
  frame: number,
  offset: number,
  length: number,
  fileLength: number,
): MovieProblem {
  const there = Math.max(0, fileLength - offset);
  const found = `the end of the file after ${there} bytes of the frame`;
  return { frame, offset: fileLength, found, wanted: `${length} bytes` };
}
