import uPlot from "uplot";
import { formatAge } from "./quantities.ts";

/** What the axes of a chart go over. */
export interface ChartAxes {
  /** How far the chart goes back. */
  readonly spanSeconds: number;
  /** What the upper end is at least, so that a quiet chart stays flat. */
  readonly least: number;
  /** What no value is above: the upper end goes no further. */
  readonly most?: number;
  /** Whether there is nothing between whole numbers. */
  readonly isCount?: boolean;
  /** With its unit. */
  format(value: number): string;
}

/** What a chart is drawn with; a canvas does not take it from the style sheet by itself. */
export interface ChartLook {
  /** In whole CSS pixels, as uPlot rounds it. */
  readonly fontSize: number;
  readonly fontFamily: string;
  /** Colours, as a canvas reads them. */
  readonly text: string;
  readonly grid: string;
  readonly line: string;
  /** Below the line. */
  readonly fill: string;
}

/** Distances of ticks on a time axis, in seconds. */
const TIME_STEPS = [1, 5, 10, 15, 30, 60, 120, 300];
/** Those of whole numbers. */
const COUNT_STEPS = Array.from(
  { length: 7 },
  (_, power) => [1, 2, 5].map((step) => step * 10 ** power),
).flat();

/** How far the text of an axis stands from the chart, in CSS pixels. */
const AXIS_GAP = 6;
/** How far from a sample the pointer still means it, in CSS pixels. */
const REACH = 12;

/**
 * What uPlot draws: one line over the last seconds, with a grid, two axes in words, and a cursor that
 * all charts of the page share.
 *
 * @param moved Called with the index of the sample at the cursor; `null` where there is none.
 */
export function chartOptions(
  axes: ChartAxes,
  look: ChartLook,
  moved: (index: number | null) => void,
): Omit<uPlot.Options, "width" | "height"> {
  const { fontSize, text, grid, line, fill } = look;
  const drawn = {
    stroke: text,
    font: `${fontSize}px ${look.fontFamily}`,
    gap: AXIS_GAP,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
  };
  return {
    legend: { show: false },
    padding: [fontSize / 2, fontSize, 0, 0],
    scales: {
      x: { time: false, range: [-axes.spanSeconds, 0] },
      y: { range: (_chart, _least, most) => [0, upperEnd(most, axes)] },
    },
    series: [{}, { stroke: line, fill, width: 2, points: { show: false, filter: aloneIn } }],
    axes: [
      {
        ...drawn,
        ...{ size: AXIS_GAP + fontSize * 1.3, space: fontSize * 4.5, incrs: TIME_STEPS },
        values: (_chart, places) => places.map(formatPlace),
      },
      {
        ...drawn,
        // Half of the first time stands below it.
        size: (chart, words) => Math.max(fontSize * 2.2, widthOf(words, chart, drawn.font)),
        space: fontSize * 2,
        values: (_chart, values) => values.map(axes.format),
        ...(axes.isCount === true ? { incrs: COUNT_STEPS } : {}),
      },
    ],
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { size: 8, fill: line },
      hover: { prox: REACH },
      sync: { key: "charts" },
    },
    hooks: { setCursor: [({ cursor }) => moved(cursor.idxs?.[1] ?? null)] },
  };
}

/** Where an axis from 0 ends: a round number above the largest value; `null`: there is none. */
export function upperEnd(
  largest: number | null,
  { least, most = Infinity }: Pick<ChartAxes, "least" | "most">,
): number {
  const [, end] = uPlot.rangeNum(0, largest ?? 0, {
    min: { hard: 0 },
    max: { pad: 0.05, soft: least, mode: 1, hard: most },
  });
  return end ?? least;
}

/** Values with nothing on either side: no line shows them, so each becomes a dot. */
export function lonelyIndices(values: ArrayLike<number | null | undefined>): number[] {
  return Array.from(values, (_, index) => index).filter((index) =>
    values[index] != null && values[index - 1] == null && values[index + 1] == null
  );
}

function aloneIn(chart: uPlot, series: number): number[] | null {
  const alone = lonelyIndices(chart.data[series] ?? []);
  return alone.length > 0 ? alone : null;
}

function formatPlace(place: number): string {
  return place === 0 ? "now" : `−${formatAge(-place)}`;
}

/** What an axis takes; called without words before there are any. */
function widthOf(words: readonly string[] | null, chart: uPlot, font: string): number {
  const { ctx } = chart;
  ctx.save();
  ctx.font = font;
  const widths = (words ?? []).map((word) => ctx.measureText(word).width);
  ctx.restore();
  return Math.ceil(Math.max(0, ...widths)) + AXIS_GAP;
}
