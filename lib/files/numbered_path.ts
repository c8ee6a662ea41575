/**
 * The name of one of several files: a number before the ending.
 *
 * @param number From 1.
 * @param digits The least that it has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(numberedPath("out/door.avi", 2), "out/door-2.avi");
 * assertEquals(numberedPath("out/door.avi", 12, 4), "out/door-0012.avi");
 * assertEquals(numberedPath("a.b/door", 1), "a.b/door-1");
 * ```
 */
export function numberedPath(path: string, number: number, digits: number = 1): string {
  const [, stem = path, ending = ""] = /^(.*[^/\\])(\.[^./\\]+)$/s.exec(path) ?? [];
  return `${stem}-${String(number).padStart(digits, "0")}${ending}`;
}
