// Made by `deno task page` from lib/page/; change it there.
/**
 * The steps that make one list of keys from another, in their order; what stays where it is takes none.
 *
 * @param before Without repetitions, like `after`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(keyedChanges(["a", "b", "c"], ["x", "b", "c", "a"]), [
 *   { kind: "place", key: "x", before: "a" },
 *   { kind: "place", key: "b", before: "a" },
 *   { kind: "place", key: "c", before: "a" },
 * ]);
 * assertEquals(keyedChanges(["a", "b"], ["b"]), [{ kind: "remove", key: "a" }]);
 * ```
 */ export function keyedChanges(before, after) {
  const wanted = new Set(after);
  const changes = before.filter((key)=>!wanted.has(key)).map((key)=>({
      kind: "remove",
      key
    }));
  const rest = before.filter((key)=>wanted.has(key));
  const placed = new Set();
  let next = 0;
  for (const key of after){
    while(placed.has(rest[next] ?? "") && next < rest.length)next++;
    const follower = rest[next];
    if (follower === key) {
      next++;
      continue;
    }
    placed.add(key);
    changes.push({
      kind: "place",
      key,
      ...follower === undefined ? {} : {
        before: follower
      }
    });
  }
  return changes;
}
