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
 * assertEquals(segmentPath("a.b/door", 1), "a.b/door-0001");
 * ```
 */
export function segmentPath(path: string, number: number): string {
  const [, stem = path, ending = ""] = /^(.*[^/\\])(\.[^./\\]+)$/s.exec(path) ?? [];
  return `${stem}-${String(number).padStart(4, "0")}${ending}`;
}
