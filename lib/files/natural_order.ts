const COLLATOR = new Intl.Collator("en", { numeric: true });

/**
 * Compares names as people count: `frame9.jpg` comes before `frame10.jpg`.
 *
 * @returns Less than 0 where `a` comes first; 0 for the same name only.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["10.jpg", "9.jpg", "b", "B"].sort(compareNaturally), ["9.jpg", "10.jpg", "b", "B"]);
 * ```
 */
export function compareNaturally(a: string, b: string): number {
  const order = COLLATOR.compare(a, b);
  if (order !== 0 || a === b) return order;
  return a < b ? -1 : 1;
}
