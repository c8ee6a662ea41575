import type { MovieIndex } from "./movie_indexer.ts";

/** A part of a file that a parser has to see next. */
export interface WantedBytes {
  /** Where in the file; may lie behind its end. */
  readonly offset: number;
  /** At most `MOST_WANTED_LENGTH`. */
  readonly length: number;
}

/**
 * A parser that reads here and there: it yields what it wants to see, and is given a view of it, shorter
 * only where the file ends and stale after the next step. What it returns is its result.
 */
export type ReadSteps<Result> = Generator<WantedBytes, Result, Uint8Array>;

/** Finds the frames of a container that has tables: bounded memory, and only the bytes it needs. */
export type IndexSteps = ReadSteps<MovieIndex>;

/** The most bytes that a step may want. */
export const MOST_WANTED_LENGTH = 64 * 1024;
