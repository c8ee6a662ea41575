import type { ClientOutput } from "./client_output.ts";
import type { PlaySummary } from "./play_summary.ts";

/** How a play ended: as it should, by the protocol or the network, or by the server's refusal. */
export type PlayOutcome = "played" | "failed" | "refused";

/** All that a play comes to. */
export interface PlayResult {
  readonly outcome: PlayOutcome;
  /** What was played, or why not; no final period. */
  readonly sentence: string;
  /** As of the moment at which it was decided to end. */
  readonly summary: PlaySummary;
}

/** What the machine wants done, and in the end, once, `ended`: nothing follows it. */
export type PlayOutput = ClientOutput | { readonly kind: "ended"; readonly result: PlayResult };
