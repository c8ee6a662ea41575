import type { SourceCounts } from "./rtp_source.ts";

/** Before anything came. */
export const NO_COUNTS: SourceCounts = {
  received: 0,
  expected: 0,
  lost: 0,
  duplicate: 0,
  late: 0,
  reordered: 0,
  whole: 0,
  broken: 0,
  brokenBy: {},
};

/** The counts of two sources together. */
export function addCounts(a: SourceCounts, b: SourceCounts): SourceCounts {
  const brokenBy: Record<string, number> = { ...a.brokenBy };
  for (const [reason, count] of Object.entries(b.brokenBy)) {
    brokenBy[reason] = (brokenBy[reason] ?? 0) + count;
  }
  return {
    received: a.received + b.received,
    expected: a.expected + b.expected,
    lost: a.lost + b.lost,
    duplicate: a.duplicate + b.duplicate,
    late: a.late + b.late,
    reordered: a.reordered + b.reordered,
    whole: a.whole + b.whole,
    broken: a.broken + b.broken,
    brokenBy,
  };
}
