import type { StatusFacts } from "./format_status.ts";

/** How one of several sources stands. */
export interface SourceStatus extends Pick<StatusFacts, "frames" | "framesPerSecond"> {
  readonly lost: number;
  readonly expected: number;
  /** Whether it still plays. */
  readonly isPlaying: boolean;
}

/**
 * One line about several sources that play at the same time: sums of all, the rate of those that still
 * play, cut to the terminal's width.
 *
 * @param columns Most characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const one = { frames: 50, framesPerSecond: 20, lost: 1, expected: 200, isPlaying: true };
 * assertEquals(
 *   formatSourcesStatus([one, { ...one, lost: 3 }], 80),
 *   "2 sources  100 frames  40.0 fps  loss 1.00 %",
 * );
 * assertEquals(
 *   formatSourcesStatus([one, { ...one, isPlaying: false }], 36),
 *   "1 of 2 sources  100 frames  20.0 fps",
 * );
 * ```
 */
export function formatSourcesStatus(sources: readonly SourceStatus[], columns: number): string {
  const playing = sources.filter(({ isPlaying }) => isPlaying);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const frames = sum(sources.map((source) => source.frames));
  const lost = sum(sources.map((source) => source.lost));
  const expected = sum(sources.map((source) => source.expected));
  const rates = playing.flatMap(({ framesPerSecond: rate }) => rate === undefined ? [] : [rate]);
  const parts = [
    `${playing.length === sources.length ? "" : `${playing.length} of `}${sources.length} sources`,
    `${frames} frame${frames === 1 ? "" : "s"}`,
    rates.length === 0 ? undefined : `${sum(rates).toFixed(1)} fps`,
    expected === 0 ? undefined : `loss ${(100 * lost / expected).toFixed(2)} %`,
  ];
  return parts.filter((part) => part !== undefined).join("  ").slice(0, Math.max(0, columns));
}
