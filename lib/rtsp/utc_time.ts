import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

const TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/i;

/**
 * Reads an absolute time (RFC 2326 §3.7) into Unix milliseconds, finer fractions cut off.
 *
 * @throws {RtspSyntaxError} For what is no time of the calendar.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseUtcTime("19961108T143720.25Z"), Date.UTC(1996, 10, 8, 14, 37, 20, 250));
 * assertEquals(serializeUtcTime(Date.UTC(1996, 10, 8, 14, 37, 20)), "19961108T143720Z");
 * ```
 */
export function parseUtcTime(text: string): number {
  const [, year, month, day, hours, minutes, seconds, fraction = ""] = TIME.exec(text) ?? [];
  const millis = fraction.padEnd(3, "0").slice(0, 3);
  const time = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${millis}Z`);
  // The engine takes 30 February for 1 March: what it made of the text has to be the text again.
  if (Number.isNaN(time) || new Date(time).getUTCDate() !== Number(day) || hours === "24") {
    throw new RtspSyntaxError(`Cannot parse Range: ${excerpt(text)} is no UTC time`);
  }
  return time;
}

/**
 * Writes Unix milliseconds.
 *
 * @throws {RangeError} Outside the years 0 to 9999.
 */
export function serializeUtcTime(unixMs: number): string {
  const text = new Date(unixMs).toISOString(); // throws a RangeError for what is no time
  if (text.length !== 24) {
    throw new RangeError(`Cannot write Range: ${text} has no four-digit year`);
  }
  return text.replace(/[-:]/g, "").replace(
    /(\.\d*?)0*Z$/,
    (_, fraction) => fraction === "." ? "Z" : `${fraction}Z`,
  );
}
