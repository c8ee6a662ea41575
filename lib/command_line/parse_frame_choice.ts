import type { FrameChoice } from "../client/frame_choice.ts";
import { parseDuration } from "./parse_duration.ts";

const MOST_TIMES = 10_000;

/**
 * The choice of `--every`: a number of frames, or with a unit an interval of time; `undefined` where the
 * text is neither.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseEvery("25"), { kind: "everyFrames", count: 25 });
 * assertEquals(parseEvery("2s"), { kind: "everyMs", intervalMs: 2000 });
 * assertEquals(parseEvery("0"), undefined);
 * ```
 */
export function parseEvery(text: string): FrameChoice | undefined {
  if (/^\d{1,9}$/.test(text)) {
    const count = Number(text);
    return count >= 1 ? { kind: "everyFrames", count } : undefined;
  }
  const intervalMs = parseDuration(text);
  if (intervalMs === undefined || !/[a-z]$/i.test(text)) return undefined;
  return intervalMs >= 1 ? { kind: "everyMs", intervalMs } : undefined;
}

/**
 * The choice of `--at`: times with commas between them, seconds where they have no unit; `undefined`
 * where one of them is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseAt("1.5,3,2m"), { kind: "times", timesMs: [1500, 3000, 120_000] });
 * assertEquals(parseAt("1.5,,3"), undefined);
 * ```
 */
export function parseAt(text: string): FrameChoice | undefined {
  const timesMs: number[] = [];
  for (const part of text.split(",")) {
    const time = parseDuration(part.trim());
    if (time === undefined) return undefined;
    timesMs.push(time);
  }
  return timesMs.length <= MOST_TIMES ? { kind: "times", timesMs } : undefined;
}
