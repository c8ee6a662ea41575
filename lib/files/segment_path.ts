import { numberedPath } from "./numbered_path.ts";

/**
 * The name of a recording's segment: a counter of four digits before the ending.
 *
 * @param number From 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(segmentPath("out/door.avi", 12), "out/door-0012.avi");
 * ```
 */
export function segmentPath(path: string, number: number): string {
  return numberedPath(path, number, 4);
}
