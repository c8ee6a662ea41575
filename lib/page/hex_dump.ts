/**
 * Bytes for people: a line for each few of them with offset, hexadecimal, and text, where a dot stands for
 * what cannot be shown.
 *
 * @param width Bytes a line.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("RTSP/1.0 200\r\n");
 * assertEquals(
 *   hexDump(bytes, 8),
 *   "0000  52 54 53 50 2f 31 2e 30  RTSP/1.0\n0008  20 32 30 30 0d 0a         200..",
 * );
 * ```
 */
export function hexDump(bytes: Uint8Array, width: number): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += width) {
    const part = Array.from(bytes.subarray(offset, offset + width));
    const digits = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : ".");
    const place = offset.toString(16).padStart(4, "0");
    lines.push(`${place}  ${digits.padEnd(width * 3 - 1)}  ${text.join("")}`);
  }
  return lines.join("\n");
}
