/** A token (RFC 2326 §15.1): method and header names, algorithm and parameter names. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Whether a text is one token: visible ASCII without separators, at least one character.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isToken("GET_PARAMETER"), true);
 * assertEquals(isToken("GET PARAMETER"), false);
 * ```
 */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
