/** Where to multicast, and how far. */
export interface MulticastGroup {
  /** A literal group address. */
  readonly group: string;
  /** 1 to 255: how many routers a packet may pass. */
  readonly ttl: number;
}

const IPV4_GROUP = /^2(?:2[4-9]|3\d)(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/**
 * Reads `ADDRESS/TTL`; the TTL is 1 where it is left out, so that nothing leaves the local network.
 *
 * @returns `undefined` where it is no group of IPv4 or IPv6.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseMulticastGroup("239.255.1.1/2"), { group: "239.255.1.1", ttl: 2 });
 * assertEquals(parseMulticastGroup("ff05::7"), { group: "ff05::7", ttl: 1 });
 * assertEquals(parseMulticastGroup("192.0.2.1/1"), undefined);
 * ```
 */
export function parseMulticastGroup(text: string): MulticastGroup | undefined {
  const [group = "", ttlText = "1", ...more] = text.split("/");
  const ttl = /^\d{1,3}$/.test(ttlText) ? Number(ttlText) : 0;
  if (more.length > 0 || ttl < 1 || ttl > 255) return undefined;
  const isGroup = IPV4_GROUP.test(group) || /^ff[0-9a-f]{2}:[0-9a-f:]+$/i.test(group);
  return isGroup ? { group, ttl } : undefined;
}
