import type { BenchReport } from "./bench_report.ts";
import {
  type BenchTools,
  type Measurement,
  measureSlices,
  type Run,
  type Slices,
} from "./server_subjects.ts";

/** What is measured by turns: each subject comes `passes` times, and is measured in slices each time. */
export interface Turns extends Slices {
  readonly passes: number;
}

/** Starting a server, and ending it and its listeners. */
const START_SECONDS = 2.5;

/** How long so many subjects take. */
export function turnsSeconds(
  subjects: number,
  { passes, warmUpMs, sliceMs, slices }: Turns,
): number {
  return subjects * passes * (START_SECONDS + (warmUpMs + slices * sliceMs) / 1000);
}

/** Several subjects by turns; the slices of all turns together for each. What fails has none. */
export async function takeTurns(
  report: BenchReport,
  tools: BenchTools,
  plans: readonly Run[],
  turns: Turns,
): Promise<Measurement[][]> {
  const results = plans.map((): Measurement[] => []);
  for (let pass = 0; pass < turns.passes; pass++) {
    for (const [index, plan] of plans.entries()) {
      try {
        const found = await measureSlices(tools, plan, turns);
        for (const one of found) report.keep(one);
        results[index]?.push(...found);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const { subject, count, movie, transport = "udp" } = plan;
        const what = `${subject}, ${count} x ${movie.spec.name} by ${transport}`;
        report.notRun(what, error.message.split("\n")[0] ?? "");
      }
    }
  }
  return results;
}
