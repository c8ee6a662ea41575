import type { Now } from "../../lib/bytes/now.ts";

/** Unix time of the tests' zero: 2026-01-01T00:00:00Z. */
export const TEST_EPOCH_MS = Date.UTC(2026, 0, 1);

/** The time `ms` after the tests' zero, on both clocks. */
export function at(ms: number): Now {
  return { monotonicMs: ms, unixMs: TEST_EPOCH_MS + ms };
}
