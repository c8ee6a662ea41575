import type { PlaySource } from "./failure_sentence.ts";
import type { PlayResult } from "./play_result.ts";

/** The version of the form; it counts up when a field changes its meaning or goes away. */
export const STATISTICS_VERSION = 2;

/** What a play's figures are about. */
export interface PlaySubject {
  readonly source: PlaySource;
  /** Product and version: `Zoetrope/0.1.0`. */
  readonly product: string;
  /** Frames that a sink had to leave out; `undefined` where there was no sink. */
  readonly notWritten: number | undefined;
}

/** The figures of a play as JSON text; docs/statistics.md names every field. */
export function playSummaryJson(result: PlayResult, subject: PlaySubject): string {
  const { outcome, sentence, summary } = result;
  const { source, product, notWritten = null } = subject;
  const { frames, dialect, ...others } = summary;
  const document = {
    version: STATISTICS_VERSION,
    product,
    source,
    dialect,
    outcome,
    sentence,
    frames: { ...frames, notWritten },
    ...others,
  };
  return JSON.stringify(document, rounded, 2) + "\n";
}

/** Six digits behind the point: microseconds, and nanoseconds where the unit is a millisecond. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value;
}
