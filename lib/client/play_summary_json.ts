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

/** A play that is over. */
export interface FinishedPlay {
  readonly result: PlayResult;
  readonly subject: PlaySubject;
}

/**
 * The figures of plays as JSON text: of one an object, of several an array of such objects in the order of
 * the sources; docs/statistics.md names every field.
 */
export function playSummaryJson(plays: readonly FinishedPlay[]): string {
  const documents = plays.map(documentOf);
  return JSON.stringify(documents.length === 1 ? documents[0] : documents, rounded, 2) + "\n";
}

function documentOf({ result, subject }: FinishedPlay): object {
  const { outcome, sentence, summary } = result;
  const { source, product, notWritten = null } = subject;
  const { frames, dialect, ...others } = summary;
  return {
    version: STATISTICS_VERSION,
    product,
    source,
    dialect,
    outcome,
    sentence,
    frames: { ...frames, notWritten },
    ...others,
  };
}

/** Six digits behind the point: microseconds, and nanoseconds where the unit is a millisecond. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value;
}
