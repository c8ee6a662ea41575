const WIDTH = 30;

/**
 * How far something is, as a bar and in percent.
 *
 * @param part 0 to 1; what is beyond is taken for the end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(progressBar(1 / 3), "[##########....................]  33 %");
 * ```
 */
export function progressBar(part: number): string {
  const done = Math.min(1, Math.max(0, part));
  const bar = "#".repeat(Math.floor(done * WIDTH + 1e-9)).padEnd(WIDTH, ".");
  const percent = String(Math.floor(done * 100 + 1e-9)).padStart(3);
  return `[${bar}] ${percent} %`;
}
