import type { SecondFigures } from "../client/second_figures.ts";

const LEAST_RATED_SECONDS = 0.5;

/** Several seconds as one step of a plot. */
export interface SecondsBucket {
  /** How much was played in it; in the last one it may be less. */
  readonly seconds: number;
  /** `null`, here and below, where less than half a second was played: then it would be chance. */
  readonly framesPerSecond: number | null;
  readonly bitsPerSecond: number | null;
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
 * @param seconds In order.
 * @param most How many steps there may be.
 */
export function bucketSeconds(
  seconds: readonly SecondFigures[],
  most: number,
): { readonly stepSeconds: number; readonly buckets: readonly SecondsBucket[] } {
  const stepSeconds = Math.max(1, Math.ceil(seconds.length / most));
  const buckets: SecondsBucket[] = [];
  for (let start = 0; start < seconds.length; start += stepSeconds) {
    buckets.push(bucketOf(seconds.slice(start, start + stepSeconds)));
  }
  return { stepSeconds, buckets };
}

function bucketOf(part: readonly SecondFigures[]): SecondsBucket {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds = sum(part.map(({ seconds = 1 }) => seconds));
  const rate = (amount: number) => seconds < LEAST_RATED_SECONDS ? null : amount / seconds;
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
    framesPerSecond: rate(frames),
    bitsPerSecond: rate(8 * bytes),
    lost: total("lost"),
    broken: total("broken"),
    jitterMs: highest("jitterMs"),
    longestGapMs: highest("longestGapMs"),
    leastFrameBytes: sizes.length === 0 ? null : Math.min(...sizes),
    mostFrameBytes: highest("mostFrameBytes"),
    meanFrameBytes: frames === 0 ? null : bytes / frames,
  };
}
