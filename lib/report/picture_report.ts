import { formatReportDate } from "./format_report_date.ts";
import { PICTURE_STYLE } from "./picture_style.ts";
import { PLOT_SIZE, plotSvg } from "./plot_svg.ts";
import { keyFigures, reportFigures } from "./report_figures.ts";
import { reportPlots } from "./report_plots.ts";
import type { ReportSubject } from "./report_subject.ts";

const MARGIN = 32;
const GAP = 28;
const COLUMNS = 2;
const WIDTH = 2 * MARGIN + COLUMNS * PLOT_SIZE.width + (COLUMNS - 1) * GAP;
const HEAD_HEIGHT = 164;
const LONGEST_LINE = 95;
const FIGURE_HEIGHT = 22;
/** From a figure's name to its value. */
const VALUE_INDENT = 210;

/**
 * A report of a play as one SVG picture that stands alone: head, key figures, plots and all figures. All text is drawn
 * in strokes, so that any renderer shows it.
 */
export function pictureReport(subject: ReportSubject): string {
  const { colours, text } = PICTURE_STYLE;
  const plots = reportPlots(subject);
  const rows = Math.ceil(plots.length / COLUMNS);
  const verdict = subject.verdict;
  const verdictHeight = verdict === undefined ? 0 : 28;
  const top = HEAD_HEIGHT + verdictHeight;
  const tableTop = top + rows * (PLOT_SIZE.height + GAP);
  const table = figureTable(subject, tableTop);
  const height = table.bottom + MARGIN;
  const parts = [
    text(short(subject.source), { x: MARGIN, y: 52, size: 24, colour: colours.ink, bold: true }),
    text(short(subject.sentence), { x: MARGIN, y: 80, size: 14, colour: colours.pale }),
    ...verdict === undefined ? [] : [
      text(short(verdict.sentence), {
        x: MARGIN,
        y: 108,
        size: 14,
        colour: verdict.passed ? colours.green : colours.red,
        bold: true,
      }),
    ],
    ...keyFigures(subject).flatMap(({ name, value }, index, all) => {
      const x = MARGIN + index * (WIDTH - 2 * MARGIN) / all.length;
      return [
        text(name, { x, y: 122 + verdictHeight, size: 12, colour: colours.pale }),
        text(value, { x, y: 148 + verdictHeight, size: 19, colour: colours.ink, bold: true }),
      ];
    }),
    ...plots.map((plot, index) => {
      const x = MARGIN + index % COLUMNS * (PLOT_SIZE.width + GAP);
      const y = top + GAP / 2 + Math.floor(index / COLUMNS) * (PLOT_SIZE.height + GAP);
      return `<g transform="translate(${x},${y})">${plotSvg(plot, PICTURE_STYLE)}</g>`;
    }),
    ...table.parts,
    text(`Played ${formatReportDate(subject.startedUnixMs)}. Made by ${subject.product}`, {
      x: WIDTH - MARGIN,
      y: height - 16,
      size: 11,
      colour: colours.pale,
      anchor: "end",
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
    `viewBox="0 0 ${WIDTH} ${height}"><path style="fill:${colours.paper}" ` +
    `d="M0,0H${WIDTH}V${height}H0Z"/>${parts.join("")}</svg>`;
}

/** All figures in columns from a height on, and where they end. */
function figureTable(
  subject: ReportSubject,
  top: number,
): { readonly parts: string[]; readonly bottom: number } {
  const { colours, text } = PICTURE_STYLE;
  const figures = reportFigures(subject);
  const rows = Math.ceil(figures.length / COLUMNS);
  const parts = figures.flatMap(({ name, value }, index) => {
    const x = MARGIN + Math.floor(index / rows) * (PLOT_SIZE.width + GAP);
    const y = top + (index % rows + 1) * FIGURE_HEIGHT;
    return [
      text(name, { x, y, size: 12, colour: colours.pale }),
      text(value, { x: x + VALUE_INDENT, y, size: 12, colour: colours.ink }),
    ];
  });
  return { parts, bottom: top + rows * FIGURE_HEIGHT + GAP };
}

/** What fits on a line. */
function short(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 3)}...`;
}
