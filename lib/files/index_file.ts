import type { MovieIndex, MovieIndexer } from "../movie/movie_indexer.ts";
import type { ReadAt } from "../movie/read_at.ts";

/** How long other sessions may wait while a large file is indexed. */
const SLICE_MS = 10;
/** Up to this much it is faster to read on than to read here and there. */
const WORTH_SKIPPING_LENGTH = 32 * 1024;
const READ_ON_LENGTH = 64 * 1024;
const READ_AFTER_SKIP_LENGTH = 4 * 1024;

/**
 * Runs an indexer over a file, passing over what it can skip; lets other work run every 10 ms.
 *
 * @param readAt Reads the file; what it throws comes out.
 * @param length The file's.
 */
export async function indexFile(
  readAt: ReadAt,
  length: number,
  indexer: MovieIndexer,
): Promise<MovieIndex> {
  const walk = new IndexWalk(readAt, length, indexer);
  while (!walk.runUntil(performance.now() + SLICE_MS)) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return indexer.finish();
}

class IndexWalk {
  readonly #buffer = new Uint8Array(READ_ON_LENGTH);
  readonly #readAt: ReadAt;
  readonly #length: number;
  readonly #indexer: MovieIndexer;
  #offset = 0;

  constructor(readAt: ReadAt, length: number, indexer: MovieIndexer) {
    this.#readAt = readAt;
    this.#length = length;
    this.#indexer = indexer;
  }

  /** Whether the end came before the time was over. */
  runUntil(deadlineMs: number): boolean {
    while (this.#step()) {
      if (performance.now() >= deadlineMs) return false;
    }
    return true;
  }

  /** Whether there is more to do. */
  #step(): boolean {
    const skipped = Math.min(this.#indexer.skippable, this.#length - this.#offset);
    this.#indexer.skip(skipped);
    this.#offset += skipped;
    const wanted = skipped > WORTH_SKIPPING_LENGTH ? READ_AFTER_SKIP_LENGTH : READ_ON_LENGTH;
    const left = Math.min(wanted, this.#length - this.#offset);
    if (left === 0) return false;
    const read = this.#readAt(this.#offset, this.#buffer.subarray(0, left));
    this.#indexer.push(this.#buffer.subarray(0, read));
    this.#offset += read;
    return read === left;
  }
}
