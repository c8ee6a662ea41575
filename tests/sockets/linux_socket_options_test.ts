import { assert, assertEquals } from "@std/assert";
import { openLinuxLibc } from "../../lib/sockets/linux_libc.ts";
import { LINUX } from "../../lib/sockets/linux_numbers.ts";
import { linuxSocketAddress } from "../../lib/sockets/linux_socket_address.ts";
import { findLinuxSocket } from "../../lib/sockets/linux_socket_descriptor.ts";
import { setReceiveBuffer } from "../../lib/sockets/linux_socket_options.ts";
import { hex } from "../support/hex.ts";
import { ffiCase } from "./ffi_case.ts";

function libc() {
  const result = openLinuxLibc();
  if (result.kind === "none") throw new Error(result.reason);
  return result.libc;
}

ffiCase("setReceiveBuffer() enlarges the buffer of this socket and of no other", () => {
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const other = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const inForce = setReceiveBuffer(socket, 300_000) ?? 0;
  assert(inForce > 0 && inForce <= 300_000, `${inForce}`);
  const of = (found: Deno.DatagramConn) => {
    const descriptor = findLinuxSocket(libc(), found)?.descriptor ?? -1;
    return libc().option(descriptor, LINUX.SOL_SOCKET, LINUX.SO_RCVBUF);
  };
  assertEquals(of(socket), 2 * inForce);
  assert(of(other) !== 2 * inForce);
  socket.close();
  other.close();
});

ffiCase("findLinuxSocket() tells TCP from UDP, and finds nothing once the socket is closed", () => {
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "::1", port: 0 });
  const { port } = socket.addr as Deno.NetAddr;
  const tcp = Deno.listen({ hostname: "::1", port });
  const found = findLinuxSocket(libc(), socket);
  assertEquals(found?.family, LINUX.AF_INET6);
  const type = libc().option(found?.descriptor ?? -1, LINUX.SOL_SOCKET, LINUX.SO_TYPE);
  assertEquals(type, LINUX.SOCK_DGRAM);
  const { addr } = socket;
  socket.close();
  assertEquals(findLinuxSocket(libc(), { addr } as Deno.DatagramConn), undefined);
  tcp.close();
});

ffiCase("linuxSocketAddress() writes addresses as the kernel has them", () => {
  const cases: readonly (readonly [number, string, Uint8Array | undefined])[] = [
    [LINUX.AF_INET, "192.0.2.7", hex`02 00  1f 90  c0 00 02 07  00 00 00 00 00 00 00 00`],
    [
      LINUX.AF_INET6,
      "2001:db8::7",
      hex`0a 00  1f 90  00 00 00 00  20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07  00 00 00 00`,
    ],
    [
      LINUX.AF_INET6,
      "192.0.2.7",
      hex`0a 00  1f 90  00 00 00 00  00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 07  00 00 00 00`,
    ],
    [LINUX.AF_INET, "2001:db8::7", undefined],
    [LINUX.AF_INET, "localhost", undefined],
    [LINUX.AF_INET6, "fe80::1%lo", undefined],
    [LINUX.AF_INET, "", undefined],
  ];
  for (const [family, text, expected] of cases) {
    assertEquals(linuxSocketAddress(libc(), family, text, 8080), expected, text);
  }
});
