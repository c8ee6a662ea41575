/** Seconds from 1900, where NTP counts from, to 1970. */
const UNIX_EPOCH_SECONDS = 2_208_988_800;

/** A point in time as sender reports carry it (RFC 3550 §4). */
export interface NtpTime {
  /** Since 1900-01-01 UTC, modulo 2^32. */
  readonly seconds: number;
  /** In 2^-32 seconds. */
  readonly fraction: number;
}

/**
 * The NTP time of a Unix time in milliseconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ntpTimeOf(500), { seconds: 2_208_988_800, fraction: 0x8000_0000 });
 * ```
 */
export function ntpTimeOf(unixMs: number): NtpTime {
  const whole = Math.floor(unixMs / 1000);
  const seconds = (whole + UNIX_EPOCH_SECONDS) % 2 ** 32;
  return { seconds, fraction: Math.floor((unixMs - whole * 1000) / 1000 * 2 ** 32) };
}

/**
 * The Unix time in milliseconds, with its fraction. Seconds below 2^31 are taken as those after the wrap
 * of 2036 (RFC 4330 §3), so that the result is between 1968 and 2104.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(unixMsOf({ seconds: 2_208_988_801, fraction: 0x4000_0000 }), 1250);
 * assertEquals(unixMsOf({ seconds: 0, fraction: 0 }), Date.UTC(2036, 1, 7, 6, 28, 16));
 * ```
 */
export function unixMsOf(time: NtpTime): number {
  const seconds = time.seconds < 2 ** 31 ? time.seconds + 2 ** 32 : time.seconds;
  return (seconds - UNIX_EPOCH_SECONDS) * 1000 + time.fraction / 2 ** 32 * 1000;
}

/**
 * The middle 32 bits, in 65536ths of a second: what a report block echoes as "last SR".
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(middleOf({ seconds: 0xb44d_b705, fraction: 0x2000_0000 }), 0xb705_2000);
 * ```
 */
export function middleOf(time: NtpTime): number {
  return (time.seconds << 16 | time.fraction >>> 16) >>> 0;
}
