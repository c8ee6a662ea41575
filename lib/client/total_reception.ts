import type { Reception } from "./reception.ts";

/** The counts of one attempt at a play and those of the next together; the jitter is that of the last. */
export function totalReception(before: Reception, after: Reception): Reception {
  const brokenBy: Record<string, number> = { ...before.brokenBy };
  for (const [reason, count] of Object.entries(after.brokenBy)) {
    brokenBy[reason] = (brokenBy[reason] ?? 0) + count;
  }
  return {
    received: before.received + after.received,
    expected: before.expected + after.expected,
    lost: before.lost + after.lost,
    duplicate: before.duplicate + after.duplicate,
    late: before.late + after.late,
    reordered: before.reordered + after.reordered,
    foreign: before.foreign + after.foreign,
    whole: before.whole + after.whole,
    broken: before.broken + after.broken,
    brokenBy,
    jitterMs: after.jitterMs ?? before.jitterMs,
    jitterBasis: after.jitterMs === undefined ? before.jitterBasis : after.jitterBasis,
  };
}
