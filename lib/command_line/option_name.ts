/**
 * An option's name on the command line, by its key in the table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(optionName("labRtp"), "lab-rtp");
 * ```
 */
export function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
