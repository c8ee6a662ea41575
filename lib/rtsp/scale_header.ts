import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

/**
 * Reads the number of `Scale` (RFC 2326 §12.34: negative is reverse) or `Speed` (§12.35).
 *
 * @param name The header's, for messages.
 * @throws {RtspSyntaxError} For what is no decimal number, and for 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseScale("Scale", "-3.5"), -3.5);
 * assertEquals(serializeScale(0.25), "0.25");
 * ```
 */
export function parseScale(name: "Scale" | "Speed", value: string): number {
  const number = /^[-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/.test(value) ? Number(value) : 0;
  if (number === 0 || (name === "Speed" && number < 0)) {
    const wanted = name === "Speed" ? "a number over 0" : "a number other than 0";
    throw new RtspSyntaxError(`Cannot parse ${name}: ${excerpt(value)} is not ${wanted}`);
  }
  return number;
}

/**
 * Writes what `parseScale()` reads, with at most six decimals.
 *
 * @throws {RangeError} For what is not finite, 0, or too small or large for that.
 */
export function serializeScale(scale: number): string {
  const text = Math.abs(scale) < 1e9 ? String(Number(scale.toFixed(6))) : "0";
  if (text === "0" || text.includes("e")) {
    throw new RangeError(`Cannot write a scale: ${scale} is not a number that fits`);
  }
  return text;
}
