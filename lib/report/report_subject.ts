import type { PlayOutcome } from "../client/play_result.ts";
import type { PlaySummary } from "../client/play_summary.ts";
import type { Verdict, VerdictLimits } from "../client/verdict.ts";

/** What a report is about. */
export interface ReportSubject {
  /** What was played, as its user wrote it. */
  readonly source: string;
  /** Product and version: `Zoetrope/0.1.0`. */
  readonly product: string;
  /** When the play began, in Unix milliseconds. */
  readonly startedUnixMs: number;
  readonly outcome: PlayOutcome;
  /** What was played, or why not; no final period. */
  readonly sentence: string;
  readonly summary: PlaySummary;
  /** Frames that sinks had to leave out; absent where there was no sink. */
  readonly notWritten?: number;
  /** What was wanted, and whether it was held; absent where nothing was. */
  readonly verdict?: Verdict;
  readonly limits?: VerdictLimits;
}
