/**
 * How lab packets are stamped: `exercise` as the exercise's text has it (M=0, Unix time in seconds),
 * `modern` as RTP means it (M=1 on the last packet of a frame, 90 kHz).
 */
export type LabRtpStyle = "exercise" | "modern";

/**
 * The timestamp of a lab packet, modulo 2^32.
 *
 * @param unixMs When the frame is due (not when it happens to be sent), in milliseconds since 1970.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(labTimestamp("exercise", 1_796_380_056_999), 0x6b12_9598);
 * assertEquals(labTimestamp("modern", 1_000), 90_000);
 * ```
 */
export function labTimestamp(style: LabRtpStyle, unixMs: number): number {
  switch (style) {
    case "exercise":
      return Math.floor(unixMs / 1000) % 2 ** 32;
    case "modern":
      return Math.round(unixMs * 90) % 2 ** 32;
    default:
      return style satisfies never;
  }
}
