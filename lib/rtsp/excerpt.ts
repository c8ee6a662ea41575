const MOST_CHARACTERS = 40;

/**
 * A text from the wire as messages show it: in quotes, control characters escaped, at most 40 characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(excerpt("a\r\nb"), '"a\\r\\nb"');
 * assertEquals(excerpt("x".repeat(41)), `"${"x".repeat(40)}…"`);
 * ```
 */
export function excerpt(text: string): string {
  return JSON.stringify(
    text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text,
  );
}
