import { scaleLinear } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { escapeMarkup } from "./escape_markup.ts";
import type { Plot } from "./plot.ts";
import type { SvgStyle } from "./svg_style.ts";

const WIDTH = 560;
const HEIGHT = 210;
const TOP = 34;
const RIGHT = WIDTH - 14;
const BOTTOM = HEIGHT - 26;
const LEFT = 52;
const LABEL_SIZE = 11;

/** Size of each plot, in pixels. */
export const PLOT_SIZE = { width: WIDTH, height: HEIGHT } as const;

/** A point of a series: a step's start and end in seconds, and its value. */
interface Point {
  readonly seconds: number;
  readonly endSeconds: number;
  readonly value: number | null;
  readonly low: number;
}

interface Scales {
  readonly x: (seconds: number) => number;
  readonly y: (value: number) => number;
}

/** One plot as SVG, without the element `svg` around it: `PLOT_SIZE` large, its corner at 0, 0. */
export function plotSvg(plot: Plot, style: SvgStyle): string {
  const end = plot.endSeconds;
  const most = Math.max(plot.limit?.value ?? 0, ...plot.values.map((value) => value ?? 0));
  const vertical = scaleLinear().domain([0, most > 0 ? most * 1.05 : 1]).nice(4)
    .range([BOTTOM, TOP + 8]);
  const horizontal = scaleLinear().domain([0, Math.max(1, end)]).range([LEFT, RIGHT]);
  const scales: Scales = { x: (at) => horizontal(at), y: (value) => vertical(value) };
  const isCounted = plot.kind === "bars";
  const ticks = vertical.ticks(4).filter((tick) => !isCounted || Number.isInteger(tick));
  const format = isCounted ? String : vertical.tickFormat(4);
  const parts = [
    heading(plot, style),
    ...ticks.map((tick) => valueTick(round(vertical(tick)), format(tick), style)),
    ...timeTicks(end).map((at) => timeTick(round(horizontal(at)), formatSeconds(at, end), style)),
    series(plot, scales, style),
    limitLine(plot, scales, style),
  ];
  return parts.join("");
}

/** What a plot shows, in words, for who cannot see it. */
export function describePlot({ title, unit, values, endSeconds }: Plot): string {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const span = formatSeconds(endSeconds, endSeconds);
  return escapeMarkup(
    `${title} in ${unit} over ${span}: ${Number(least.toPrecision(3))} to ${
      Number(most.toPrecision(3))
    }`,
  );
}

/** The title; the unit, and what the broken line stands for. */
function heading({ title, unit, limit }: Plot, { colours, text }: SvgStyle): string {
  const caption = limit === undefined ? unit : `${unit}, wanted: ${limit.label}`;
  const { ink, pale } = colours;
  return text(title, { x: 2, y: 18, size: 14, colour: ink, bold: true }) +
    text(caption, { x: RIGHT, y: 18, size: LABEL_SIZE, colour: pale, anchor: "end" });
}

function valueTick(y: number, label: string, { colours, text }: SvgStyle): string {
  const place = { x: LEFT - 8, y: y + 4, size: LABEL_SIZE, colour: colours.pale } as const;
  return `<path style="stroke:${colours.grid}" d="M${LEFT},${y}H${RIGHT}"/>` +
    text(label, { ...place, anchor: "end" });
}

function timeTick(x: number, label: string, { colours, text }: SvgStyle): string {
  const place = { x, y: BOTTOM + 17, size: LABEL_SIZE, colour: colours.pale } as const;
  return text(label, { ...place, anchor: "middle" });
}

function series(plot: Plot, { x, y }: Scales, { colours }: SvgStyle): string {
  const { kind, values, lows, stepSeconds, endSeconds } = plot;
  const colour = colours[plot.colour];
  const points = values.map((value, index): Point => ({
    seconds: index * stepSeconds,
    endSeconds: Math.min(endSeconds, (index + 1) * stepSeconds),
    value,
    low: lows?.[index] ?? 0,
  }));
  if (kind === "bars") return bars(points, { x, y }, colour);
  const isKnown = ({ value }: Point) => value !== null;
  // What nothing follows stands to the end of its step.
  const held = points.flatMap((point, index) => {
    const next = points[index + 1];
    const isFollowed = next !== undefined && isKnown(next);
    return isFollowed ? [point] : [point, { ...point, seconds: point.endSeconds }];
  });
  const across = ({ seconds }: Point) => round(x(seconds));
  const up = ({ value }: Point) => round(y(value ?? 0));
  const filled = area<Point>().defined(isKnown).x(across).y0(({ low }) => round(y(low))).y1(up)
    .curve(curveStepAfter);
  const drawn = line<Point>().defined(isKnown).x(across).y(up).curve(curveStepAfter);
  const opacity = kind === "band" ? 0.3 : 0.13;
  const bottom = kind === "band"
    ? line<Point>().defined(isKnown).x(across).y(({ low }) => round(y(low))).curve(curveStepAfter)
    : undefined;
  const lines = [drawn, bottom].map((path) => path?.(held) ?? "").join("");
  return `<path style="fill:${colour};fill-opacity:${opacity}" d="${filled(held) ?? ""}"/>` +
    `<path style="fill:none;stroke:${colour};stroke-width:1.6;stroke-linejoin:round" d="${lines}"/>`;
}

function bars(points: readonly Point[], { x, y }: Scales, colour: string): string {
  const gap = Math.min(2, (x(points[0]?.endSeconds ?? 0) - x(0)) * 0.2);
  const path = points.filter(({ value }) => value !== null && value > 0).map(
    ({ seconds, endSeconds, value }) => {
      const [left, right] = [round(x(seconds) + gap / 2), round(x(endSeconds) - gap / 2)];
      return `M${left},${BOTTOM}V${round(y(value ?? 0))}H${right}V${BOTTOM}Z`;
    },
  );
  return `<path style="fill:${colour}" d="${path.join("")}"/>`;
}

function limitLine({ limit }: Plot, { y }: Scales, { colours }: SvgStyle): string {
  if (limit === undefined) return "";
  const stroke = `stroke:${colours.ink};stroke-width:1.2;stroke-dasharray:5 4`;
  return `<path style="${stroke}" d="M${LEFT},${round(y(limit.value))}H${RIGHT}"/>`;
}

/** Up to seven round times from 0 to the end. */
function timeTicks(end: number): number[] {
  const steps = [
    1,
    2,
    5,
    10,
    20,
    30,
    60,
    120,
    300,
    600,
    1200,
    1800,
    3600,
    7200,
    14_400,
    43_200,
    86_400,
  ];
  const step = steps.find((seconds) => end / seconds <= 7) ?? 86_400 * Math.ceil(end / 86_400 / 7);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** Seconds as `5 s`, or as `2:05` and `1:02:05` where the play is longer. */
function formatSeconds(seconds: number, end: number): string {
  if (end <= 120) return `${Math.round(seconds * 10) / 10} s`;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const rest = `${two(seconds / 60 % 60)}:${two(seconds % 60)}`;
  return end < 3600 ? rest.replace(/^0/, "") : `${Math.floor(seconds / 3600)}:${rest}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
