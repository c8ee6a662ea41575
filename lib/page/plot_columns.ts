/** A value that was measured, and when. */
export interface PlotSample {
  /** In seconds of any clock that goes evenly. */
  readonly atSeconds: number;
  /** `null` where there was none to measure. */
  readonly value: number | null;
}

/** What a chart takes: places from left to right, and the value at each. */
export type PlotColumns = [places: number[], values: (number | null)[]];

/**
 * Samples as columns, at their seconds before the newest one: −60 to 0 for a minute. Where samples
 * are missing stands a `null`, which breaks the line.
 *
 * @param samples The oldest first; those before the span are left out.
 * @param gapSeconds What samples are further apart than where some are missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const samples = [[100, 7], [101, 8], [109, 9]].map(([at, value]) => (
 *   { atSeconds: at ?? 0, value: value ?? null }
 * ));
 * assertEquals(plotColumns(samples, { spanSeconds: 8, gapSeconds: 2 }), [
 *   [-8, -4, 0],
 *   [8, null, 9],
 * ]);
 * ```
 */
export function plotColumns(
  samples: readonly PlotSample[],
  { spanSeconds, gapSeconds }: { readonly spanSeconds: number; readonly gapSeconds: number },
): PlotColumns {
  const newest = samples.at(-1)?.atSeconds ?? 0;
  const columns: PlotColumns = [[], []];
  const [places, values] = columns;
  for (const { atSeconds, value } of samples) {
    const place = atSeconds - newest;
    if (place < -spanSeconds) continue;
    const before = places.at(-1);
    if (before !== undefined && place - before > gapSeconds) {
      places.push((before + place) / 2);
      values.push(null);
    }
    places.push(place);
    values.push(value);
  }
  return columns;
}
