/**
 * A percentage as a share from 0 to 1, or `undefined` where the text is none. The sign is wanted, since
 * `1` alone could mean everything as well.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([parsePercentage("1%"), parsePercentage("0.5%")], [0.01, 0.005]);
 * assertEquals([parsePercentage("1"), parsePercentage("101%")], [undefined, undefined]);
 * ```
 */
export function parsePercentage(text: string): number | undefined {
  const [, digits] = /^(\d+(?:\.\d+)?|\.\d+)%$/.exec(text) ?? [];
  const share = Number(digits) / 100;
  return share <= 1 ? share : undefined;
}
