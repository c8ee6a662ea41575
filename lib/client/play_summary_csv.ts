import type { SecondFigures } from "./second_figures.ts";

type Column = readonly [name: string, value: (second: SecondFigures) => number | null | undefined];

const COLUMNS: readonly Column[] = [
  ["packets", ({ packets }) => packets],
  ["frames", ({ frames }) => frames],
  ["payload_bytes", ({ payloadBytes }) => payloadBytes],
  ["lost", ({ lost }) => lost],
  ["broken", ({ broken }) => broken],
  ["jitter_ms", ({ jitterMs }) => jitterMs],
  ["longest_gap_ms", ({ longestGapMs }) => longestGapMs],
  ["least_frame_bytes", ({ leastFrameBytes }) => leastFrameBytes],
  ["most_frame_bytes", ({ mostFrameBytes }) => mostFrameBytes],
  ["seconds", ({ seconds = 1 }) => seconds],
];

/**
 * The seconds of plays as CSV: a line with the names, then one for each second of playing time, counted
 * from 1. A field is empty where there was nothing to measure. Where there are several plays, each line
 * begins with the number of its source, from 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const seconds = [{ packets: 20, frames: 20, payloadBytes: 150_000, lost: 0 }];
 * assertEquals(playSummaryCsv([seconds]).split("\n")[1], "1,20,20,150000,0,,,,,,1");
 * assertEquals(playSummaryCsv([[], seconds]).split("\n")[1], "2,1,20,20,150000,0,,,,,,1");
 * ```
 */
export function playSummaryCsv(plays: readonly (readonly SecondFigures[])[]): string {
  const isOne = plays.length === 1;
  const head = [...isOne ? [] : ["source"], "second", ...COLUMNS.map(([name]) => name)];
  const rows = plays.flatMap((seconds, source) =>
    seconds.map((second, index) => [
      ...isOne ? [] : [source + 1],
      index + 1,
      ...COLUMNS.map(([, value]) => rounded(value(second))),
    ])
  );
  return [head, ...rows].map((row) => row.join(",") + "\n").join("");
}

/** To a microsecond; an empty field where nothing was measured. */
function rounded(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(Math.round(value * 1e3) / 1e3);
}
