/**
 * The bytes of an IP address: 4 of IPv4, 16 of IPv6 (RFC 4291 §2.2). An IPv4 address that is mapped into
 * IPv6 (`::ffff:192.0.2.1`) gives 4.
 *
 * @throws {RangeError} The text is no address.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ipAddressBytes("127.0.0.1"), Uint8Array.of(127, 0, 0, 1));
 * assertEquals(ipAddressBytes("::1").at(-1), 1);
 * ```
 */
export function ipAddressBytes(address: string): Uint8Array {
  const bytes = address.includes(":") ? version6(address) : version4(address);
  if (bytes === undefined) {
    throw new RangeError(`Cannot capture: ${JSON.stringify(address)} is no IP address`);
  }
  return isMapped(bytes) ? bytes.subarray(12) : bytes;
}

function version4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  return numbers.every((number) => number <= 255) ? Uint8Array.from(numbers) : undefined;
}

function version6(text: string): Uint8Array | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0] ?? ""), groups(halves[1] ?? "")];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

/** The bytes of groups with colons between them; the last may be an IPv4 address. */
function groups(text: string): number[] | undefined {
  const bytes: number[] = [];
  for (const group of text === "" ? [] : text.split(":")) {
    const inner = group.includes(".") ? version4(group) : undefined;
    if (inner !== undefined) bytes.push(...inner);
    else if (!/^[\da-f]{1,4}$/i.test(group)) return undefined;
    else bytes.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff);
  }
  return bytes;
}

function isMapped(bytes: Uint8Array): boolean {
  return bytes.length === 16 && bytes.subarray(0, 10).every((byte) => byte === 0) &&
    bytes[10] === 0xff && bytes[11] === 0xff;
}
