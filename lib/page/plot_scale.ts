/**
 * The end of a scale from 0: at least the value, and a round number that halves well.
 *
 * @param least What the end is not below, so that a quiet plot stays flat.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 0.7, 3, 41, 1234].map((value) => scaleEnd(value, 1)), [1, 1, 4, 60, 2000]);
 * ```
 */
export function scaleEnd(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 4, 6, 10].find((factor) => factor * power >= wanted * 0.999_999) ?? 10;
  return Number((step * power).toPrecision(6));
}

/** A place on a plot, in CSS pixels from its upper left corner. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the values of a series lie on a plot, in unbroken lines: a `null` breaks one.
 *
 * @param values At equal times, the newest last, which lies at the right edge.
 * @param span How many values fill the width.
 * @param end What lies at the upper edge; 0 lies at the lower one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(plotLines([2, null, 0, 4], { span: 4, end: 4, width: 30, height: 8 }), [
 *   [{ x: 0, y: 4 }],
 *   [{ x: 20, y: 8 }, { x: 30, y: 0 }],
 * ]);
 * ```
 */
export function plotLines(
  values: readonly (number | null)[],
  { span, end, width, height }: {
    readonly span: number;
    readonly end: number;
    readonly width: number;
    readonly height: number;
  },
): PlotPoint[][] {
  const shown = values.slice(-span);
  const step = width / (span - 1);
  const lines: PlotPoint[][] = [];
  let line: PlotPoint[] = [];
  shown.forEach((value, index) => {
    if (value === null) {
      if (line.length > 0) lines.push(line);
      line = [];
      return;
    }
    const share = Math.min(1, Math.max(0, value / end));
    line.push({ x: width - (shown.length - 1 - index) * step, y: height - share * height });
  });
  if (line.length > 0) lines.push(line);
  return lines;
}
