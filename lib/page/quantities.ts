/** What stands where a value is not known. */
export const UNKNOWN = "–";

const STEPS = ["", "k", "M", "G", "T"] as const;

/**
 * A number with three digits that count and a prefix: 1,000 is one k.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatScaled(1_234_567, "bit/s"), "1.23 Mbit/s");
 * assertEquals(formatScaled(0, "B"), "0 B");
 * ```
 */
export function formatScaled(value: number, unit: string): string {
  let step = 0;
  let scaled = Math.abs(value);
  while (Number(scaled.toPrecision(3)) >= 1000 && step < STEPS.length - 1) {
    scaled /= 1000;
    step++;
  }
  const digits = step === 0 && Number.isInteger(value) ? String(scaled) : threeDigits(scaled);
  return `${value < 0 ? "−" : ""}${digits} ${STEPS[step] ?? ""}${unit}`;
}

/**
 * A length of time as a clock shows it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatClock(75.9), "1:15");
 * assertEquals(formatClock(3725), "1:02:05");
 * ```
 */
export function formatClock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/**
 * How long ago something was, in whole seconds and minutes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 59.6, 125, 300].map(formatAge), ["0 s", "1 min", "2 min 5 s", "5 min"]);
 * ```
 */
export function formatAge(seconds: number): string {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/**
 * How long something has lasted, in words.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatUptime(59), "less than a minute");
 * assertEquals(formatUptime(93_784), "1 d 2 h 3 min");
 * ```
 */
export function formatUptime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "less than a minute";
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor(minutes / 60) % 24, "h"],
    [minutes % 60, "min"],
  ] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/**
 * A share of 0 to 1 in per cent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 0.0004, 0.0123, 0.5].map(formatShare), ["0 %", "< 0.1 %", "1.2 %", "50 %"]);
 * ```
 */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.1) return "< 0.1 %";
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/**
 * Milliseconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.24, 3.14, 86.6, 2500].map(formatMs), ["0.2 ms", "3.1 ms", "87 ms", "2.5 s"]);
 * ```
 */
export function formatMs(ms: number): string {
  if (ms >= 1000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}

/**
 * Frames a second.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([25, 29.97, 30000 / 1001].map(formatFrameRate), ["25 fps", "29.97 fps", "29.97 fps"]);
 * ```
 */
export function formatFrameRate(framesPerSecond: number): string {
  return `${Number(framesPerSecond.toFixed(2))} fps`;
}

function threeDigits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
