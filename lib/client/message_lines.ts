/**
 * The lines of an RTSP message, for people: what a user or a server proves its identity with is left out,
 * and so are line ends.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   messageLines("OPTIONS * RTSP/1.0\r\nAuthorization: Basic YTpi\r\nCSeq: 1\r\n\r\n"),
 *   ["OPTIONS * RTSP/1.0", "Authorization: (not shown)", "CSeq: 1"],
 * );
 * ```
 */
export function messageLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.replace(/^((?:proxy-)?authorization):.*$/i, "$1: (not shown)"));
}
