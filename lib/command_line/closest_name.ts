/** Two slips of the finger: more, and it is another word. */
const MOST_EDITS = 2;

/**
 * The name that was probably meant, or `undefined` where none is near.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(closestName("fsp", ["fps", "loop"]), "fps");
 * assertEquals(closestName("record", ["fps", "loop"]), undefined);
 * ```
 */
export function closestName(typed: string, names: readonly string[]): string | undefined {
  let [closest, fewest]: [string | undefined, number] = [undefined, MOST_EDITS + 1];
  for (const name of names) {
    const begun = typed.length >= 2 && name.startsWith(typed);
    const count = begun ? MOST_EDITS : edits(typed, name);
    if (count < fewest && count < name.length) [closest, fewest] = [name, count];
  }
  return closest;
}

/** How many letters must be put in, left out, changed or swapped to make one text of the other. */
function edits(from: string, to: string): number {
  let [before, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = from[i - 1] === to[j - 1] ? 0 : 1;
      row[j] = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + changed);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) row[j] = Math.min(at(row, j), at(before, j - 2) + 1);
    }
    [before, last] = [last, row];
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
