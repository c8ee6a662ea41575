/**
 * Two paths of a list that name the same place, as far as can be seen from their text.
 *
 * @returns Their keys, in the order of the list.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(samePlace([["dump", "a/"], ["record", "b"], ["thumbnails", "./a"]]), [
 *   "dump",
 *   "thumbnails",
 * ]);
 * ```
 */
export function samePlace<Key>(
  paths: readonly (readonly [Key, string | undefined])[],
): readonly [Key, Key] | undefined {
  const seen = new Map<string, Key>();
  for (const [key, path] of paths) {
    if (path === undefined) continue;
    const place = plain(path);
    const other = seen.get(place);
    if (other !== undefined) return [other, key];
    seen.set(place, key);
  }
  return undefined;
}

/** Without `./`, doubled slashes and a slash at the end. */
function plain(path: string): string {
  const parts = path.split("/").filter((part, index) =>
    part !== "." && (part !== "" || index === 0)
  );
  return parts.join("/");
}
