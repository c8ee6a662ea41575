import type { LogEvent } from "./server_output.ts";

/** What must not reach a terminal or break a line: control characters, and the marks of direction. */
// deno-lint-ignore no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * One line of the log: time, level, peer, session in brackets, message; whatever a peer put into a
 * message, it stays one line.
 *
 * @param unixMs When it happened.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   formatLogLine({ kind: "log", level: "info", peer: "127.0.0.1:5", message: "a\nb" }, 0),
 *   "1970-01-01T00:00:00.000Z info 127.0.0.1:5 a\\x0ab",
 * );
 * ```
 */
export function formatLogLine(event: LogEvent, unixMs: number): string {
  const parts = [new Date(unixMs).toISOString(), event.level];
  if (event.peer !== undefined) parts.push(event.peer);
  if (event.session !== undefined) parts.push(`[${event.session}]`);
  parts.push(formatLogMessage(event.message));
  return parts.join(" ");
}

/**
 * The message on one line, whatever a peer put into it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatLogMessage("a\nb"), "a\\x0ab");
 * ```
 */
export function formatLogMessage(message: string): string {
  return message.replace(UNSAFE, escape);
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
