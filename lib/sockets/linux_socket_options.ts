import { type LinuxLibc, openLinuxLibc } from "./linux_libc.ts";
import { LINUX } from "./linux_numbers.ts";
import { findLinuxSocket } from "./linux_socket_descriptor.ts";

/**
 * Asks the kernel to keep this much of what came in and was not read yet: beyond the system's limit
 * where we may (root), otherwise up to it.
 *
 * @param octets As wanted; the kernel counts its own book-keeping as well and doubles the figure for it.
 * @returns What is in force in the same measure, or `undefined` where there is no way to ask: no Linux,
 * no `--allow-ffi`.
 */
export function setReceiveBuffer(socket: Deno.DatagramConn, octets: number): number | undefined {
  const result = openLinuxLibc();
  if (result.kind === "none") return undefined;
  const { libc } = result;
  const found = findLinuxSocket(libc, socket);
  if (found === undefined) return undefined;
  const { SO_RCVBUFFORCE, SO_RCVBUF } = LINUX;
  return setBuffer(libc, found.descriptor, [SO_RCVBUFFORCE, SO_RCVBUF], octets);
}

/** The same for what was sent and has not left the machine yet. */
export function setSendBuffer(
  libc: LinuxLibc,
  descriptor: number,
  octets: number,
): number | undefined {
  return setBuffer(libc, descriptor, [LINUX.SO_SNDBUFFORCE, LINUX.SO_SNDBUF], octets);
}

function setBuffer(
  libc: LinuxLibc,
  descriptor: number,
  [force, plain]: readonly [number, number],
  octets: number,
): number | undefined {
  if (libc.setOption(descriptor, LINUX.SOL_SOCKET, force, octets) !== 0) {
    libc.setOption(descriptor, LINUX.SOL_SOCKET, plain, octets);
  }
  const doubled = libc.option(descriptor, LINUX.SOL_SOCKET, plain);
  return doubled === undefined ? undefined : doubled / 2;
}
