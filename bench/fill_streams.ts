import type { BenchReport, BenchSection } from "./bench_report.ts";
import { type BenchMovie, FRAMES_PER_SECOND } from "./server_media.ts";
import { median } from "./server_rows.ts";
import type { BenchTools, Measurement, Run } from "./server_subjects.ts";
import { takeTurns, type Turns, turnsSeconds } from "./take_turns.ts";

/** Below this part of its frame rate a stream does not count as one at full rate. */
const FULL_RATE = FRAMES_PER_SECOND * 0.98;

const TURNS: Turns = { passes: 1, warmUpMs: 4000, sliceMs: 1500, slices: 5 };

/** Whether so many streams get all they should, each sort by itself. */
export function fillStreams(
  report: BenchReport,
  tools: BenchTools,
  small: BenchMovie,
  large: BenchMovie,
): BenchSection[] {
  const plans: readonly (readonly [what: string, run: Run])[] = [
    ["12 kB by UDP", { subject: "ours", count: 1500, movie: small }],
    ["12 kB by UDP without FFI", { subject: "ours without FFI", count: 350, movie: small }],
    [
      "12 kB by TCP without FFI",
      { subject: "ours without FFI", count: 900, movie: small, transport: "tcp" },
    ],
    ["100 kB by UDP", { subject: "ours", count: 150, movie: large }],
    ["100 kB by TCP", { subject: "ours", count: 180, movie: large, transport: "tcp" }],
  ];
  return plans.map(([what, run]) => ({
    name: `${run.count} streams of ${what}`,
    plannedSeconds: turnsSeconds(1, TURNS) + run.count / 1000,
    run: async () => {
      const [results = []] = await takeTurns(report, tools, [run], TURNS);
      if (results.length > 0) report.add(rowOf(what, run.count, results));
    },
  }));
}

function rowOf(what: string, count: number, results: readonly Measurement[]) {
  const holds = results.filter(({ minRate, lost, packets, spacingP99Ms, badPayloads }) =>
    minRate >= FULL_RATE && lost < packets / 1000 && spacingP99Ms < 5 && badPayloads === 0
  );
  const all = (pick: (result: Measurement) => number) => median(results.map(pick));
  return {
    what,
    found: holds.length > results.length / 2 ? count : 0,
    atLeast: count,
    unit: "streams",
    note: `medians: ${all((r) => r.cpuPercent).toFixed(0)} % of a core, ` +
      `${all((r) => r.minRate).toFixed(1)} frames/s at least, ` +
      `p99 ${all((r) => r.spacingP99Ms).toFixed(1)} ms, ${all((r) => r.lost)} lost; ` +
      `held in ${holds.length} of ${results.length} slices`,
  };
}
