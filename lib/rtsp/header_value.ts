/** The control characters, tabulator apart: none may stand in a header (RFC 2326 §15.1, `TEXT`). */
// deno-lint-ignore no-control-regex
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * Whether a text may be written as a header's value: no CR, LF, NUL or other control character, and no
 * space at either end. What a peer sent is to be asked here before it is echoed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isHeaderValue("npt=0-"), true);
 * assertEquals(isHeaderValue("1\r\nSession: 2"), false);
 * ```
 */
export function isHeaderValue(text: string): boolean {
  return !CONTROLS.test(text) && text === text.trim();
}
