const WIDTH = 30;

/**
 * One line that tells how far something is: a bar, percent and counts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(progressBar(1, 3), "[##########....................]  33 %  1 of 3 frames");
 * ```
 */
export function progressBar(done: number, of: number): string {
  const part = of === 0 ? 1 : Math.min(1, done / of);
  const filled = Math.floor(part * WIDTH + 1e-9);
  const bar = "#".repeat(filled).padEnd(WIDTH, ".");
  const percent = String(Math.floor(part * 100 + 1e-9)).padStart(3);
  return `[${bar}] ${percent} %  ${done} of ${of} frames`;
}
