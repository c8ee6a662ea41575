/**
 * How far something is, as a bar and in percent.
 *
 * @param part 0 to 1; what is beyond is taken for the end.
 * @param width Characters between the brackets; without any, the percentage stands alone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(progressBar(1 / 3), "[##########....................]  33 %");
 * assertEquals(progressBar(1 / 3, 6), "[##....]  33 %");
 * ```
 */
export function progressBar(part: number, width: number = 30): string {
  const done = Math.min(1, Math.max(0, part));
  const bar = "#".repeat(Math.floor(done * width + 1e-9)).padEnd(width, ".");
  const percent = String(Math.floor(done * 100 + 1e-9)).padStart(3);
  return width > 0 ? `[${bar}] ${percent} %` : `${percent} %`;
}
