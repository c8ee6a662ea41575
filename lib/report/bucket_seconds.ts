import type { SecondFigures } from "../client/second_figures.ts";

/** Several seconds as one step of a plot. */
export interface SecondsBucket {
  /** How many seconds are in it; the last one may have fewer. */
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  /** `null`, here and below, where nothing was measured in any of the seconds. */
  readonly lost: number | null;
  readonly broken: number | null;
  /** The highest. */
  readonly jitterMs: number | null;
  readonly longestGapMs: number | null;
  readonly leastFrameBytes: number | null;
  readonly mostFrameBytes: number | null;
  readonly meanFrameBytes: number | null;
}

/**
 * Puts the seconds of a long play together, so that a plot has a bounded number of steps.
 *
 * @param seconds In order; the last is no whole one.
 * @param lastLength How long the last second is, above 0 to 1.
 * @param most How many steps there may be.
 */
export function bucketSeconds(
  seconds: readonly SecondFigures[],
  lastLength: number,
  most: number,
): { readonly stepSeconds: number; readonly buckets: readonly SecondsBucket[] } {
  const stepSeconds = Math.max(1, Math.ceil(seconds.length / most));
  const buckets: SecondsBucket[] = [];
  for (let start = 0; start < seconds.length; start += stepSeconds) {
    const part = seconds.slice(start, start + stepSeconds);
    const isLast = start + part.length === seconds.length;
    buckets.push(bucketOf(part, part.length - (isLast ? 1 - lastLength : 0)));
  }
  return { stepSeconds, buckets };
}

function bucketOf(part: readonly SecondFigures[], seconds: number): SecondsBucket {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const frames = sum(part.map((second) => second.frames));
  const bytes = sum(part.map((second) => second.payloadBytes));
  const known = (key: keyof SecondFigures) =>
    part.map((second) => second[key]).filter((value) => typeof value === "number");
  const total = (key: keyof SecondFigures) => known(key).length === 0 ? null : sum(known(key));
  const highest = (key: keyof SecondFigures) =>
    known(key).length === 0 ? null : Math.max(...known(key));
  const sizes = known("leastFrameBytes");
  return {
    seconds,
    framesPerSecond: frames / seconds,
    bitsPerSecond: 8 * bytes / seconds,
    lost: total("lost"),
    broken: total("broken"),
    jitterMs: highest("jitterMs"),
    longestGapMs: highest("longestGapMs"),
    leastFrameBytes: sizes.length === 0 ? null : Math.min(...sizes),
    mostFrameBytes: highest("mostFrameBytes"),
    meanFrameBytes: frames === 0 ? null : bytes / frames,
  };
}
