import type { ReadSteps } from "../../lib/movie/index_steps.ts";
import type { MovieIndex } from "../../lib/movie/movie_indexer.ts";

/** The frames in an index, as offset and length. */
export function framesOf({ frames }: MovieIndex): [number, number][] {
  return Array.from({ length: frames.count }, (_, i) => [frames.offsetOf(i), frames.lengthOf(i)]);
}

/** Runs a parser that reads here and there on a file in memory; `reads` counts its steps. */
export function runSteps<Result>(
  steps: ReadSteps<Result>,
  file: Uint8Array,
): { readonly result: Result; readonly reads: number } {
  let step = steps.next();
  let reads = 0;
  while (step.done !== true) {
    const { offset, length } = step.value;
    reads++;
    const view = offset < 0 ? new Uint8Array() : file.slice(offset, offset + length);
    step = steps.next(view);
    view.fill(0xaa); // whoever kept it sees something else
  }
  return { result: step.value, reads };
}
