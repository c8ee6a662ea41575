import { splitHeader } from "./split_header.ts";
import { isToken } from "./token.ts";

/**
 * Reads the methods of `Public` (RFC 2326 §12.28) or `Allow` (§12.4), or the option tags of `Require`
 * and `Unsupported`. Some servers leave the commas out; what is no token is left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parsePublic("DESCRIBE, SETUP,PLAY"), ["DESCRIBE", "SETUP", "PLAY"]);
 * ```
 */
export function parsePublic(value: string): string[] {
  return splitHeader(value.replaceAll(" ", ","), ",").filter(isToken);
}

/**
 * Writes what `parsePublic()` reads.
 *
 * @throws {RangeError} For a name that is no token.
 */
export function serializePublic(names: readonly string[]): string {
  for (const name of names) {
    if (!isToken(name)) throw new RangeError(`Cannot write a list of methods: ${name} is no word`);
  }
  return names.join(", ");
}
