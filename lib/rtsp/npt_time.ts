import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

const TIME = /^(?:(?:(\d{1,6}):)?(\d{1,2}):)?(\d{1,9})(?:\.(\d*))?$/;

/**
 * Reads a normal play time (RFC 2326 §3.6) into seconds: `65.3`, `0:01:05.3`, and `1:05`, which some
 * clients write.
 *
 * @throws {RtspSyntaxError} For what is no such time, also 60 and more minutes or seconds behind a colon.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseNptTime("12:05:35.3"), 43535.3);
 * ```
 */
export function parseNptTime(text: string): number {
  const [whole, hours = "0", minutes, seconds = "", fraction = ""] = TIME.exec(text) ?? [];
  const sexagesimal = minutes !== undefined;
  if (
    whole === undefined || (sexagesimal && (Number(minutes) > 59 || Number(seconds) > 59)) ||
    (sexagesimal && seconds.length > 2)
  ) {
    throw new RtspSyntaxError(`Cannot parse Range: npt time ${excerpt(text)} is no time`);
  }
  const total = Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return Number(`${total}.${fraction.slice(0, 9)}`);
}

/**
 * Writes seconds with at most six decimals.
 *
 * @throws {RangeError} For negative, infinite and unreadably large numbers.
 */
export function serializeNptTime(seconds: number): string {
  if (!(seconds >= 0 && seconds < 1e10)) {
    throw new RangeError(`Cannot write Range: ${seconds} is no number of seconds`);
  }
  return seconds.toFixed(6).replace(/\.?0+$/, "");
}
