import { SAMPLE_FRAMES } from "./sample_movie.ts";

/** The indices of the sample's frames from one of them to the last. */
export function framesFrom(first: number): number[] {
  return Array.from({ length: SAMPLE_FRAMES - first }, (_, index) => first + index);
}
