import type { SenderCounts } from "./playback.ts";

/** Counted since the server was started, over all sessions, also those that have ended. */
export interface ServerTotals extends SenderCounts {
  /** Sessions that were set up. */
  readonly sessions: number;
}

/**
 * Both added up.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const counts = { frames: 1, skipped: 0, packets: 8, octets: 9000 };
 * assertEquals(addCounts(counts, counts), { frames: 2, skipped: 0, packets: 16, octets: 18_000 });
 * ```
 */
export function addCounts(a: SenderCounts, b: SenderCounts): SenderCounts {
  return {
    frames: a.frames + b.frames,
    skipped: a.skipped + b.skipped,
    packets: a.packets + b.packets,
    octets: a.octets + b.octets,
  };
}
