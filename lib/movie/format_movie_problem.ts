import type { MovieProblem } from "./movie_problem.ts";

/**
 * The problem as a sentence for the log and for the body of a 415, without the file's name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const problem = { frame: 3, offset: 120, found: '"<html"', wanted: "five digits" };
 * assertEquals(formatMovieProblem(problem), 'frame 3 at byte 120: found "<html", wanted five digits');
 * ```
 */
export function formatMovieProblem(problem: MovieProblem): string {
  const { frame, offset, found, wanted } = problem;
  return `frame ${frame} at byte ${offset}: found ${found}, wanted ${wanted}`;
}
