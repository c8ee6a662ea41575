import type { LinuxLibc } from "./linux_libc.ts";
import { LINUX } from "./linux_numbers.ts";

/** The first 12 bytes of an IPv4 address inside IPv6 (RFC 4291 §2.5.5.2). */
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/**
 * A literal address and port as the kernel takes them for a socket of one family: `sockaddr_in` or
 * `sockaddr_in6`, with an IPv4 address mapped where the socket is one of IPv6.
 *
 * ```text
 * sockaddr_in:   family (2, host order)  port (2)  address (4)  zeros (8)
 * sockaddr_in6:  family (2, host order)  port (2)  flow (4)  address (16)  scope (4)
 * ```
 *
 * @param family `AF_INET` or `AF_INET6`: the socket's.
 * @returns In memory of its own that does not move; `undefined` where such a socket cannot reach the
 * address, or it is no plain literal (a name, an address with a scope).
 */
export function linuxSocketAddress(
  libc: LinuxLibc,
  family: number,
  hostname: string,
  port: number,
): Uint8Array | undefined {
  if (family === LINUX.AF_INET) {
    const address = libc.parseAddress(LINUX.AF_INET, hostname);
    return address && joined(16, family, port, 4, address);
  }
  const address = libc.parseAddress(LINUX.AF_INET6, hostname) ?? mapped(libc, hostname);
  return address && joined(28, family, port, 8, address);
}

function mapped(libc: LinuxLibc, hostname: string): Uint8Array | undefined {
  const address = libc.parseAddress(LINUX.AF_INET, hostname);
  return address && Uint8Array.of(...MAPPED_PREFIX, ...address);
}

function joined(
  length: number,
  family: number,
  port: number,
  offset: number,
  address: Uint8Array,
): Uint8Array {
  // Small typed arrays may live where the garbage collector moves them; an ArrayBuffer does not.
  const bytes = new Uint8Array(new ArrayBuffer(length));
  bytes[0] = family;
  bytes[2] = port >>> 8;
  bytes[3] = port;
  bytes.set(address, offset);
  return bytes;
}
