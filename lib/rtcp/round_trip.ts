import type { ReportBlock } from "./report_block.ts";

/** How many of the units of "delay since last SR" make a second. */
const UNITS_PER_SECOND = 65_536;

/**
 * The round trip that a report on our own packets tells: `A - LSR - DLSR` (RFC 3550 §6.4.1).
 *
 * @param arrival The middle 32 bits of the NTP time at which the report came.
 * @returns Milliseconds, in steps of 1/65.536; `undefined` before the peer had a sender report of ours,
 * or where its figures would make the report come before it was sent.
 *
 * @example The figures of RFC 3550, figure 2
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const block = { lastSenderReport: 0xb705_2000, delaySinceLastSenderReport: 0x0005_4000 };
 * assertEquals(roundTripMs(0xb710_8000, block), 6125);
 * ```
 */
export function roundTripMs(
  arrival: number,
  block: Pick<ReportBlock, "lastSenderReport" | "delaySinceLastSenderReport">,
): number | undefined {
  if (block.lastSenderReport === 0) return undefined;
  const units = (arrival - block.lastSenderReport - block.delaySinceLastSenderReport) | 0;
  return units < 0 ? undefined : units / UNITS_PER_SECOND * 1000;
}

/**
 * A time span as "delay since last SR" carries it, at most 2^32 - 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(delayUnits(5250), 0x0005_4000);
 * ```
 */
export function delayUnits(ms: number): number {
  return Math.min(Math.round(Math.max(ms, 0) / 1000 * UNITS_PER_SECOND), 0xffff_ffff);
}
