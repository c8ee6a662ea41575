/**
 * Milliseconds in the form that `parseDuration` reads, for messages.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([formatDuration(500), formatDuration(2000), formatDuration(0)], ["500ms", "2s", "0s"]);
 * ```
 */
export function formatDuration(ms: number): string {
  return ms < 1000 && ms > 0 ? `${ms}ms` : `${ms / 1000}s`;
}
