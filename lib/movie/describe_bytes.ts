import { formatHex } from "../bytes/hex.ts";

/**
 * Bytes of a file for a message: in quotes where they are printable ASCII, else in hex.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeBytes(new TextEncoder().encode("RIFF")), '"RIFF"');
 * assertEquals(describeBytes(Uint8Array.of(0xff, 0xd8)), "bytes ff d8");
 * assertEquals(describeBytes(new Uint8Array()), "the end of the file");
 * ```
 */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "the end of the file";
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (printable) return `"${String.fromCharCode(...bytes)}"`;
  return `bytes ${formatHex(bytes)}`;
}
