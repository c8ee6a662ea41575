/**
 * The parts of a header's value between separators, each without the spaces around it; separators inside
 * quoted strings do not count, and empty parts are left out.
 *
 * @param separator One character: `,` or `;`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitHeader('a; b="x;y" ;; c', ";"), ["a", 'b="x;y"', "c"]);
 * ```
 */
export function splitHeader(value: string, separator: string): string[] {
  const parts: string[] = [];
  let [start, quoted] = [0, false];
  for (let i = 0; i <= value.length; i++) {
    const character = value[i];
    if (quoted && character === "\\") i++;
    else if (character === '"') quoted = !quoted;
    if (i < value.length && (quoted || character !== separator)) continue;
    const part = value.slice(start, i).trim();
    if (part !== "") parts.push(part);
    start = i + 1;
  }
  return parts;
}
