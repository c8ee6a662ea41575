/**
 * A host name, IPv4 or IPv6 address (in brackets or not, which are taken off), or `undefined` where
 * the text cannot be one. Nothing is looked up.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseAddress("[::1]"), "::1");
 * assertEquals(parseAddress("127.0.0.256"), undefined);
 * ```
 */
export function parseAddress(text: string): string | undefined {
  const bare = /^\[(.*:.*)\]$/.exec(text)?.[1] ?? text;
  if (bare.includes(":")) return isIpv6(bare) ? bare : undefined;
  if (/^[\d.]+$/.test(bare)) return isIpv4(bare) ? bare : undefined;
  const labels = bare.replace(/\.$/, "").split(".");
  const named = labels.every((label) => /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/i.test(label));
  return named && bare.length <= 253 ? bare : undefined;
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  const [address = "", ...zone] = text.split("%");
  if (zone.length > 1 || zone[0] === "") return false;
  return URL.canParse(`http://[${address}]/`);
}
