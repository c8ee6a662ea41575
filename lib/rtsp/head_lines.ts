const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The lines of a head without their ends and without the empty lines behind them. UTF-8 (RFC 2326 §4);
 * bytes that are not come out as U+FFFD.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const head = new TextEncoder().encode("PLAY \n2\r\n\r\n");
 * assertEquals(headLines(head), ["PLAY ", "2"]);
 * ```
 */
export function headLines(head: Uint8Array): string[] {
  const lines = DECODER.decode(head).split("\n").map((line) =>
    line.endsWith("\r") ? line.slice(0, -1) : line
  );
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
