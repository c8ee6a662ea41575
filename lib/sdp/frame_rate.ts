import { WireError } from "../bytes/wire_error.ts";

/**
 * Reads the value of `a=framerate` (RFC 8866 §6.11): frames a second, over 0 and at most 1,000.
 *
 * @throws {WireError} For what is no such number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseFrameRate("29.97"), 29.97);
 * assertEquals(serializeFrameRate(30000 / 1001), "29.97003");
 * ```
 */
export function parseFrameRate(value: string): number {
  const rate = /^\d{1,4}(?:\.\d{0,12})?$/.test(value.trim()) ? Number(value) : 0;
  if (rate <= 0 || rate > 1000) {
    throw new WireError(
      `Cannot parse framerate: ${JSON.stringify(value.slice(0, 40))} is not a number up to 1000`,
    );
  }
  return rate;
}

/** Writes what `parseFrameRate()` reads, with at most six decimals. */
export function serializeFrameRate(framesPerSecond: number): string {
  return String(Number(framesPerSecond.toFixed(6)));
}
