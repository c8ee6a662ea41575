const UNITS = ["", "K", "M", "G", "T"] as const;

/**
 * A number of bytes in the form that `parseSize` reads, in the largest unit that leaves no rest.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([formatSize(2 ** 28), formatSize(1536), formatSize(0)], ["256M", "1536", "0"]);
 * ```
 */
export function formatSize(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size > 0 && size % 1024 === 0 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size}${UNITS[unit]}`;
}
