import { excerpt } from "./excerpt.ts";
import { parseNptTime, serializeNptTime } from "./npt_time.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import {
  parseSmpteTime,
  serializeSmpteTime,
  type SmpteTime,
  type SmpteType,
} from "./smpte_time.ts";
import { parseUtcTime, serializeUtcTime } from "./utc_time.ts";

/** Normal play time (RFC 2326 §3.6); at least one end is there. */
export interface NptRange {
  readonly unit: "npt";
  /** Seconds from the start of the presentation, or the live edge; `undefined`: from where it stands. */
  readonly start?: number | "now";
  /** Seconds; `undefined`: to the end. */
  readonly end?: number;
}

/** SMPTE time codes (RFC 2326 §3.5). */
export interface SmpteRange {
  readonly unit: "smpte";
  readonly type: SmpteType;
  readonly start: SmpteTime;
  readonly end?: SmpteTime;
}

/** Absolute time (RFC 2326 §3.7). */
export interface ClockRange {
  readonly unit: "clock";
  /** Unix time in milliseconds. */
  readonly startMs: number;
  readonly endMs?: number;
}

/** A `Range` header (RFC 2326 §12.29), also `a=range` (§C.1.5). */
export type RtspRange = (NptRange | SmpteRange | ClockRange) & {
  /** `time=`: Unix time in milliseconds at which it takes effect. */
  readonly atMs?: number;
};

/**
 * Reads a `Range` header.
 *
 * @returns `undefined` for a unit that is none of RFC 2326's: the header is then ignored (§12.29), or 456.
 * @throws {RtspSyntaxError} For times that cannot be read. An end before the start is left to the caller:
 * it is what reverse play asks for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseRange("npt=0:01:05.3-"), { unit: "npt", start: 65.3 });
 * assertEquals(parseRange("npt=now-"), { unit: "npt", start: "now" });
 * assertEquals(serializeRange({ unit: "npt", start: 10, end: 15.5 }), "npt=10-15.5");
 * ```
 */
export function parseRange(value: string): RtspRange | undefined {
  const [first = "", ...parameters] = value.split(";").map((part) => part.trim());
  const equals = first.indexOf("=");
  const unit = first.slice(0, Math.max(0, equals)).trim().toLowerCase();
  const range = readUnit(unit, first.slice(equals + 1).trim());
  if (range === undefined && equals < 0) fail(`${excerpt(value)} has no unit`);
  const time = parameters.map((parameter) => /^time\s*=\s*(.*)$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  if (range === undefined || time === undefined) return range;
  return { ...range, atMs: parseUtcTime(time) };
}

/**
 * Writes what `parseRange()` reads.
 *
 * @throws {RangeError} For times that are negative, not finite or too large.
 */
export function serializeRange(range: RtspRange): string {
  const text = writeUnit(range);
  return range.atMs === undefined ? text : `${text};time=${serializeUtcTime(range.atMs)}`;
}

function readUnit(unit: string, text: string): RtspRange | undefined {
  switch (unit) {
    case "npt":
      return readNpt(text);
    case "smpte":
    case "smpte-25":
    case "smpte-30-drop":
      return readSmpte(unit, text);
    case "clock":
      return readClock(text);
    default:
      return undefined;
  }
}

function readNpt(text: string): NptRange {
  const [from = "", to = ""] = ends(text);
  if (from === "" && to === "") fail("npt needs a start or an end");
  return {
    unit: "npt",
    ...from === "" ? {} : { start: from.toLowerCase() === "now" ? "now" : parseNptTime(from) },
    ...to === "" ? {} : { end: parseNptTime(to) },
  };
}

function readSmpte(type: SmpteType, text: string): SmpteRange {
  const [from, to = ""] = ends(text);
  const start = parseSmpteTime(type, from);
  return { unit: "smpte", type, start, ...to === "" ? {} : { end: parseSmpteTime(type, to) } };
}

function readClock(text: string): ClockRange {
  const [from, to = ""] = ends(text);
  const startMs = parseUtcTime(from);
  return { unit: "clock", startMs, ...to === "" ? {} : { endMs: parseUtcTime(to) } };
}

/** Both sides of the one dash; a time alone stands for an open end, as old clients write it. */
function ends(text: string): [from: string, to: string] {
  const [from = "", to = "", ...more] = text.split("-").map((end) => end.trim());
  if (more.length > 0) fail(`${excerpt(text)} has more than one dash`);
  return [from, to];
}

function writeUnit(range: RtspRange): string {
  switch (range.unit) {
    case "npt": {
      const { start, end } = range;
      const from = start === undefined || start === "now" ? start ?? "" : serializeNptTime(start);
      if (from === "" && end === undefined) {
        throw new RangeError("Cannot write Range: npt needs a start or an end");
      }
      return `npt=${from}-${end === undefined ? "" : serializeNptTime(end)}`;
    }
    case "smpte": {
      const end = range.end === undefined ? "" : serializeSmpteTime(range.end);
      return `${range.type}=${serializeSmpteTime(range.start)}-${end}`;
    }
    case "clock": {
      const end = range.endMs === undefined ? "" : serializeUtcTime(range.endMs);
      return `clock=${serializeUtcTime(range.startMs)}-${end}`;
    }
    default:
      return range satisfies never;
  }
}

function fail(problem: string): never {
  throw new RtspSyntaxError(`Cannot parse Range: ${problem}`);
}
