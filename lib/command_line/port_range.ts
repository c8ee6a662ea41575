/** Ports from the first to the last, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads `FROM-TO` with room for a pair of ports, of which the first is even.
 *
 * @returns `undefined` where it is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parsePortRange("6970-6999"), { from: 6970, to: 6999 });
 * assertEquals(parsePortRange("6971-6972"), undefined);
 * ```
 */
export function parsePortRange(text: string): PortRange | undefined {
  const [, first = "", last = ""] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === "" || from < 1 || to > 0xffff) return undefined;
  return from + from % 2 < to ? { from, to } : undefined;
}
