/**
 * The bytes as people read them, `ff d8 00`: two lower-case digits each.
 *
 * @param bytes Any bytes.
 * @param most How many to show; `…` stands for the others.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatHex(Uint8Array.of(0xff, 0xd8, 0)), "ff d8 00");
 * assertEquals(formatHex(Uint8Array.of(1, 2, 3), 2), "01 02 …");
 * ```
 */
export function formatHex(bytes: Uint8Array, most: number = Infinity): string {
  const shown = bytes.length > most ? bytes.subarray(0, most) : bytes;
  const digits = Array.from(shown, (byte) => byte.toString(16).padStart(2, "0"));
  if (shown.length < bytes.length) digits.push("…");
  return digits.join(" ");
}
