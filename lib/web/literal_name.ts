/**
 * A movie's name for `open`, which takes names with and without percent-encoding, so that it means what
 * it says.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(literalName("100%25 silk.mjpeg"), "100%2525 silk.mjpeg");
 * ```
 */
export function literalName(name: string): string {
  return name.replaceAll("%", "%25");
}
