import { LINUX } from "./linux_numbers.ts";
import type { LinuxLibc } from "./linux_libc.ts";
import { linuxSocketAddress } from "./linux_socket_address.ts";

/** A UDP socket as the kernel knows it. */
export interface LinuxSocket {
  /** Valid until Deno closes the socket; then the number may be anything's. */
  readonly descriptor: number;
  /** `AF_INET` or `AF_INET6`. */
  readonly family: number;
}

/** Descriptors are looked at from 0 up to here. */
const MOST_DESCRIPTORS = 65_536;

/**
 * Finds the descriptor of a UDP socket that Deno has opened: the one that is bound to its address and
 * port.
 *
 * @returns `undefined` where there is none.
 */
export function findLinuxSocket(
  libc: LinuxLibc,
  socket: Deno.DatagramConn,
): LinuxSocket | undefined {
  const { hostname, port } = socket.addr as Deno.NetAddr;
  const family = hostname.includes(":") ? LINUX.AF_INET6 : LINUX.AF_INET;
  const wanted = linuxSocketAddress(libc, family, hostname, port);
  if (wanted === undefined) return undefined;
  for (let descriptor = 0; descriptor < MOST_DESCRIPTORS; descriptor++) {
    if (!isSame(libc.socketName(descriptor), wanted)) continue;
    const type = libc.option(descriptor, LINUX.SOL_SOCKET, LINUX.SO_TYPE);
    if (type === LINUX.SOCK_DGRAM) return { descriptor, family };
  }
  return undefined;
}

function isSame(name: Uint8Array, wanted: Uint8Array): boolean {
  return name.length === wanted.length && name.every((byte, index) => byte === wanted[index]);
}
