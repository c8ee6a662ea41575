/**
 * A quoted string (RFC 2326 §15.1): quotes and backslashes inside are escaped.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote('a "b"'), '"a \\"b\\""');
 * assertEquals(unquote('"a \\"b\\""'), 'a "b"');
 * assertEquals(unquote("token"), "token");
 * ```
 */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The text of a quoted string; what is not quoted stays as it is, a missing last quote is forgiven. */
export function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const inside = text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text.slice(1);
  return inside.replace(/\\(.)/gs, "$1");
}
