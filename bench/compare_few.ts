import { type BenchReport, type BenchSection, costOf } from "./bench_report.ts";
import type { BenchMovie } from "./server_media.ts";
import {
  type BenchTools,
  type Measurement,
  measureSlices,
  type Run,
  type Slices,
} from "./server_subjects.ts";
import { takeTurns, type Turns, turnsSeconds } from "./take_turns.ts";

const SLICES: Slices = { warmUpMs: 10_000, sliceMs: 1000, slices: 5 };
const GROWTH: Turns = { passes: 1, warmUpMs: 4000, sliceMs: 1500, slices: 5 };
const COUNTS = [10, 100, 1000];

/**
 * Few streams, where our code is cold and our event loop has little to share: both servers play at the
 * same time, in the same seconds, each to its own listeners.
 */
export function compareFew(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
): BenchSection[] {
  return [1, 10, 50].map((count) => ({
    name: `${count} streams beside the peer`,
    plannedSeconds: turnsSeconds(1, { ...SLICES, passes: 1 }),
    run: async () => {
      const what = `${count} ${count === 1 ? "stream" : "streams"} of 12 kB, to gst on demand`;
      const { peerProblem: missing } = tools;
      if (missing !== undefined) return report.notRun(what, missing);
      const of = (subject: Run["subject"]) =>
        measureSlices(tools, { subject, movie, count }, SLICES);
      const both = await Promise.all([of("ours"), of("gst on demand")]);
      for (const one of both.flat()) report.keep(one);
      const [ours, theirs] = both.map((found: Measurement[]) => costOf(found));
      report.ratio(what, 1, [ours, theirs]);
    },
  }));
}

/** Cost per stream from few to many. */
export function measureGrowth(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
): BenchSection {
  return {
    name: "growth",
    plannedSeconds: turnsSeconds(COUNTS.length, GROWTH),
    run: async () => {
      const plans = COUNTS.map((count): Run => ({ subject: "ours", count, movie }));
      const costs = (await takeTurns(report, tools, plans, GROWTH)).map(costOf);
      const steps = costs.slice(1).map((after, index) => (after ?? NaN) / (costs[index] ?? NaN));
      report.add({
        what: "growth: cost per stream, each step to the one before",
        found: Math.max(...steps),
        atMost: 1,
        unit: "",
        note: COUNTS.map((count, index) => `${count}: ${costs[index]?.toFixed(4)} %`).join(", "),
      });
    },
  };
}
