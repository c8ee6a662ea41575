import { RunningRange } from "./running_range.ts";
import type { SecondFigures } from "./second_figures.ts";

/** How long a sample is of which the least and the greatest are told. */
export const SAMPLING_INTERVAL_MS = 1000;

/** The least and the greatest of single seconds; `null` where no second is whole. */
interface SecondRange {
  readonly min: number | null;
  readonly max: number | null;
}

/** How far single seconds of a play differ. */
export interface SecondRanges {
  readonly dataRateBitsPerSecond: SecondRange;
  /** 0 to 1. */
  readonly lossRate: SecondRange;
}

/**
 * The least and the greatest data rate and loss in single seconds; the last second, which is hardly ever
 * whole, counts only where it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const seconds = [[100, 25_000, 0], [90, 20_000, 10], [3, 100, 0]] as const;
 * const figures = seconds.map(([packets, payloadBytes, lost], i) =>
 *   ({ packets, payloadBytes, lost, frames: 0, seconds: i === 2 ? 0.2 : 1 })
 * );
 * assertEquals(secondRanges(figures), {
 *   dataRateBitsPerSecond: { min: 160_000, max: 200_000 },
 *   lossRate: { min: 0, max: 0.1 },
 * });
 * ```
 */
export function secondRanges(perSecond: readonly SecondFigures[]): SecondRanges {
  const rates = new RunningRange();
  const losses = new RunningRange();
  for (const { seconds = 1, payloadBytes, packets, lost = 0 } of perSecond) {
    if (seconds < 1) continue;
    rates.add(8 * payloadBytes);
    if (packets + lost > 0) losses.add(lost / (packets + lost));
  }
  return { dataRateBitsPerSecond: rangeOf(rates), lossRate: rangeOf(losses) };
}

function rangeOf({ figures: { min, max } }: RunningRange): SecondRange {
  return { min, max };
}
