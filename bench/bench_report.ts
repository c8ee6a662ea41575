// deno-lint-ignore-file no-console -- progress is what it tells
import { median, type Row } from "./server_rows.ts";
import type { Measurement } from "./server_subjects.ts";

/** A part of the bench, with its share of the time. */
export interface BenchSection {
  readonly name: string;
  /** How long it takes, by its arithmetic: starts, warm-ups and slices. */
  readonly plannedSeconds: number;
  run(): Promise<void> | void;
}

/** How long a section took. */
export interface SectionTime {
  readonly name: string;
  readonly plannedSeconds: number;
  readonly seconds: number;
}

/** What a bench has found so far. */
export class BenchReport {
  readonly rows: Row[] = [];
  readonly runs: Measurement[] = [];
  readonly times: SectionTime[] = [];

  /** Runs a section; what goes wrong in it becomes a row that says so. */
  async section({ name, plannedSeconds, run }: BenchSection): Promise<void> {
    console.error(`-- ${name}, about ${plannedSeconds.toFixed(0)} s`);
    const fromMs = performance.now();
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.notRun(name, error.message.split("\n")[0] ?? "");
    }
    this.times.push({ name, plannedSeconds, seconds: (performance.now() - fromMs) / 1000 });
  }

  add(row: Row): void {
    this.rows.push(row);
  }

  /** What could not be measured, and why. */
  notRun(what: string, why: string): void {
    this.rows.push({ what, found: undefined, unit: "", note: why });
  }

  /** Keeps a measurement, and tells of it. */
  keep(measurement: Measurement): void {
    this.runs.push(measurement);
    const { subject, streams, transport, cpuPercentPerStream, minRate, spacingP99Ms } = measurement;
    console.error(
      `${subject}, ${streams} by ${transport}: ${cpuPercentPerStream.toFixed(4)} % a stream, ` +
        `${measurement.cpuPercent.toFixed(0)} % in all, ${minRate.toFixed(1)} frames/s at least, ` +
        `p99 ${spacingP99Ms} ms, ${measurement.lost} lost`,
    );
  }

  /**
   * How much one figure is of another; where one of them is missing, `missing` says why.
   *
   * @param atMost The bar, if there is one.
   */
  ratio(
    what: string,
    atMost: number | undefined,
    [ours, theirs]: readonly [number | undefined, number | undefined],
    { missing = "", unit = "% of a core", remark = "" }: {
      readonly missing?: string;
      readonly unit?: string;
      readonly remark?: string;
    } = {},
  ): void {
    const both = ours !== undefined && theirs !== undefined;
    this.rows.push({
      what,
      found: both ? ours / theirs : undefined,
      ...atMost !== undefined && { atMost },
      unit: "",
      note: both ? `${ours.toFixed(4)} ${unit} against ${theirs.toFixed(4)}${remark}` : missing,
    });
  }
}

/** The median cost per stream; `undefined` where nothing was measured. */
export function costOf(results: readonly Measurement[] | undefined): number | undefined {
  if (results === undefined || results.length === 0) return undefined;
  return median(results.map(({ cpuPercentPerStream }) => cpuPercentPerStream));
}
