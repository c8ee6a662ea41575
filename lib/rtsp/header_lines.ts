import { excerpt } from "./excerpt.ts";
import { type RtspHeader, RtspHeaders } from "./rtsp_headers.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { isToken } from "./token.ts";

/**
 * Reads header lines (RFC 2326 §12, RFC 2068 §4.2); a line that starts with a space or tabulator goes on
 * the one before.
 *
 * @param lines Without the request or status line.
 * @throws {RtspSyntaxError} For a line without a name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const headers = parseHeaderLines(["CSeq: 1", "Transport: RTP/AVP;unicast;", "  client_port=2-3"]);
 * assertEquals(headers.get("Transport"), "RTP/AVP;unicast; client_port=2-3");
 * ```
 */
export function parseHeaderLines(lines: readonly string[]): RtspHeaders {
  const entries: RtspHeader[] = [];
  lines.forEach((line, index) => {
    const before = entries.at(-1);
    if (/^[ \t]/.test(line) && before !== undefined) {
      entries[entries.length - 1] = [before[0], `${before[1]} ${line.trim()}`.trim()];
      return;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trimEnd();
    if (colon < 0 || !isToken(name)) fail(index, line, "has no name before a colon");
    entries.push([name, line.slice(colon + 1).trim()]);
  });
  return new RtspHeaders(entries);
}

function fail(index: number, line: string, problem: string): never {
  throw new RtspSyntaxError(
    `Cannot parse RTSP message: header line ${index + 1} ${problem}: ${excerpt(line)}`,
  );
}
