/** How each such sentence begins. */
export const DEFECT = "Internal error";

/**
 * What the log says of a defect of ours: an error that no peer and no file can be the reason of.
 *
 * @param error What was thrown.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(
 *   defectSentence(new TypeError("x is undefined")),
 *   /^Internal error, please report it: TypeError: x is undefined, at .*defect_sentence/,
 * );
 * ```
 */
export function defectSentence(error: unknown): string {
  if (!(error instanceof Error)) return `${DEFECT}, please report it: ${String(error)}`;
  const place = /^\s+at (.*)$/m.exec(error.stack ?? "")?.[1];
  const where = place === undefined ? "" : `, at ${place}`;
  return `${DEFECT}, please report it: ${error.name}: ${error.message}${where}`;
}
