const UNIT_LENGTH: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 2 ** 10],
  ["m", 2 ** 20],
  ["g", 2 ** 30],
  ["t", 2 ** 40],
]);

/**
 * A number of bytes, or `undefined` where the text is none: `1500`, `64k`, `256MB`, `1GiB`; 1 k is 1,024.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([parseSize("1500"), parseSize("1.5k"), parseSize("1KB"), parseSize("x")], [
 *   1500,
 *   1536,
 *   1024,
 *   undefined,
 * ]);
 * ```
 */
export function parseSize(text: string): number | undefined {
  const [, digits, letter] = /^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?$/i.exec(text) ?? [];
  const unit = UNIT_LENGTH.get(letter?.toLowerCase() ?? "none");
  return digits === undefined || unit === undefined ? undefined : Math.round(Number(digits) * unit);
}
