/**
 * The Internet checksum over several parts, one behind the other (RFC 1071): 0 to 65535.
 *
 * @param parts All but the last have an even length.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // The example of RFC 1071 §3.
 * const bytes = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
 * assertEquals(internetChecksum([bytes]), ~0xddf2 & 0xffff);
 * ```
 */
export function internetChecksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) {
      sum += (part[i] as number) << 8 | (part[i + 1] ?? 0);
    }
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}
