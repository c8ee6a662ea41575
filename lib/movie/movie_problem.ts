/** Where a movie's bytes stop making sense; what comes before it is readable. */
export interface MovieProblem {
  /** The first frame that cannot be read; its number, from 1. */
  readonly frame: number;
  /** Where in the file. */
  readonly offset: number;
  /** What is there: `"<html"`. */
  readonly found: string;
  /** What had to be there: `the length of a frame in five digits`. */
  readonly wanted: string;
}
