import type { LogLine } from "../web/log_line.ts";

/** Which lines of the log are wanted: all, or from a level on. */
export type LineFilter = "all" | "warnings" | "errors";

/**
 * The lines that a filter and a search let through.
 *
 * @param search Any part of message, peer or session; capitals do not matter.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const line = { id: 1, atUnixMs: 0, level: "info", peer: null, session: null } as const;
 * const lines = [{ ...line, message: "Connected" }, { ...line, message: "PLAY a.mjpeg" }];
 * assertEquals(shownLines(lines, "all", "play").map(({ message }) => message), ["PLAY a.mjpeg"]);
 * assertEquals(shownLines(lines, "warnings", ""), []);
 * ```
 */
export function shownLines(
  lines: readonly LogLine[],
  filter: LineFilter,
  search: string,
): LogLine[] {
  const wanted = search.trim().toLowerCase();
  return lines.filter(({ level, message, peer, session }) => {
    if (filter !== "all" && level !== "error" && (filter === "errors" || level !== "warning")) {
      return false;
    }
    return wanted === "" || `${message} ${peer} ${session}`.toLowerCase().includes(wanted);
  });
}
