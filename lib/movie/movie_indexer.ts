import type { FrameIndex } from "./frame_index.ts";
import type { MovieProblem } from "./movie_problem.ts";

/** The frames found in a file, up to its end or to the first problem. */
export interface MovieIndex {
  readonly frames: FrameIndex;
  /** Absent when the whole file made sense. */
  readonly problem?: MovieProblem;
  /** What is odd about a file that can be played all the same: one clause for the log. */
  readonly remark?: string;
  /** Absent where the container does not say. */
  readonly framesPerSecond?: number;
}

/**
 * Finds the frames in a container: any cut in, bounded memory. Whoever can seek may `skip` what is
 * `skippable` in place of reading and pushing it; the index is the same.
 */
export interface MovieIndexer {
  /** How many of the bytes that come next are of no interest; `Infinity` after a problem. */
  readonly skippable: number;
  /** The next bytes of the file. */
  push(bytes: Uint8Array): void;
  /**
   * Passes over bytes that are in the file.
   *
   * @param length At most `skippable`; more is a bug, and throws a `RangeError`.
   */
  skip(length: number): void;
  /** The file ends here. To be called once, last. */
  finish(): MovieIndex;
}
