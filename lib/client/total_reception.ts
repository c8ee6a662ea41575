import type { Reception } from "./reception.ts";
import { addCounts } from "./source_counts.ts";

/** The counts of one attempt at a play and those of the next together; the jitter is that of the last. */
export function totalReception(before: Reception, after: Reception): Reception {
  return {
    ...addCounts(before, after),
    foreign: before.foreign + after.foreign,
    jitterMs: after.jitterMs ?? before.jitterMs,
    jitterBasis: after.jitterMs === undefined ? before.jitterBasis : after.jitterBasis,
  };
}
