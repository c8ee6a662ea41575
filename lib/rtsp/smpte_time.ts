import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

/** `smpte` is 30 frames a second without drops, `smpte-30-drop` 29.97 (RFC 2326 §3.5). */
export type SmpteType = "smpte" | "smpte-25" | "smpte-30-drop";

/** A time code (RFC 2326 §3.5). */
export interface SmpteTime {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly frames: number;
  /** Hundredths of a frame. */
  readonly subframes: number;
}

const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,2}))?)?$/;
/** Frame numbers 0 and 1 of each minute are dropped, but not of each tenth (SMPTE 12M). */
const DROPPED_A_MINUTE = 2;
const DROP_FRAMES_HZ = 30_000 / 1001;

/**
 * Reads `hours:minutes:seconds[:frames[.subframes]]`.
 *
 * @throws {RtspSyntaxError} For what is no such time code of the type.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const time = parseSmpteTime("smpte-25", "10:07:33:05.01");
 * assertEquals(time, { hours: 10, minutes: 7, seconds: 33, frames: 5, subframes: 1 });
 * assertEquals(serializeSmpteTime(time), "10:07:33:05.01");
 * ```
 */
export function parseSmpteTime(type: SmpteType, text: string): SmpteTime {
  const found = TIME.exec(text);
  const [hours = 0, minutes = 0, seconds = 0, frames = 0, subframes = 0] = (found ?? []).slice(1)
    .map((digits) => digits === undefined ? 0 : Number(digits));
  const framesASecond = type === "smpte-25" ? 25 : 30;
  const dropped = type === "smpte-30-drop" && minutes % 10 !== 0 && seconds === 0 &&
    frames < DROPPED_A_MINUTE;
  const frameGiven = found?.[4] !== undefined;
  if (
    found === null || minutes > 59 || seconds > 59 || frames >= framesASecond ||
    (dropped && frameGiven)
  ) {
    throw new RtspSyntaxError(`Cannot parse Range: ${excerpt(text)} is no ${type} time code`);
  }
  return { hours, minutes, seconds, frames: dropped ? DROPPED_A_MINUTE : frames, subframes };
}

/** Writes what `parseSmpteTime()` reads; frames and subframes only where they are not 0. */
export function serializeSmpteTime(time: SmpteTime): string {
  const { hours, minutes, seconds, frames, subframes } = time;
  const parts = [hours, minutes, seconds];
  if (frames > 0 || subframes > 0) parts.push(frames);
  const text = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return subframes > 0 ? `${text}.${String(subframes).padStart(2, "0")}` : text;
}

/**
 * The seconds from the start that a time code stands for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const time = { hours: 0, minutes: 0, seconds: 2, frames: 5, subframes: 0 };
 * assertEquals(smpteSeconds("smpte-25", time), 2.2);
 * ```
 */
export function smpteSeconds(type: SmpteType, time: SmpteTime): number {
  const minutes = time.hours * 60 + time.minutes;
  const frames = time.frames + time.subframes / 100;
  if (type !== "smpte-30-drop") {
    return minutes * 60 + time.seconds + frames / (type === "smpte-25" ? 25 : 30);
  }
  const dropped = DROPPED_A_MINUTE * (minutes - Math.floor(minutes / 10));
  return ((minutes * 60 + time.seconds) * 30 + frames - dropped) / DROP_FRAMES_HZ;
}

/**
 * The time code of an instant, to a hundredth of a frame: the other way round of `smpteSeconds()`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const time = smpteTimeAt("smpte-25", 3602.2);
 * assertEquals(time, { hours: 1, minutes: 0, seconds: 2, frames: 5, subframes: 0 });
 * ```
 */
export function smpteTimeAt(type: SmpteType, seconds: number): SmpteTime {
  const rate = type === "smpte-25" ? 25 : type === "smpte" ? 30 : DROP_FRAMES_HZ;
  const hundredths = Math.round(seconds * rate * 100);
  const subframes = hundredths % 100;
  const count = type === "smpte-30-drop"
    ? withDropped(Math.floor(hundredths / 100))
    : Math.floor(hundredths / 100);
  const framesASecond = type === "smpte-25" ? 25 : 30;
  const total = Math.floor(count / framesASecond);
  return {
    hours: Math.floor(total / 3600),
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
    frames: count % framesASecond,
    subframes,
  };
}

/** A count of real frames with the numbers that drop-frame time codes leave out. */
function withDropped(frames: number): number {
  const tenMinutes = 10 * 60 * 30 - 9 * DROPPED_A_MINUTE;
  const minute = 60 * 30 - DROPPED_A_MINUTE;
  const inside = frames % tenMinutes;
  const minutes = inside < 60 * 30 ? 0 : 1 + Math.floor((inside - 60 * 30) / minute);
  return frames + DROPPED_A_MINUTE * (9 * Math.floor(frames / tenMinutes) + minutes);
}
