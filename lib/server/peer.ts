/** Who is at the other end of an RTSP connection. */
export interface Peer {
  /** A literal IPv4 or IPv6 address. */
  readonly address: string;
  /** Its TCP port. */
  readonly port: number;
  /** The server's own address on this connection, literal. */
  readonly localAddress: string;
  /** Whether the connection is inside TLS; media stays inside it then. */
  readonly secure: boolean;
}

/**
 * Address and port as one word, an IPv6 address in brackets.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatEndpoint("127.0.0.1", 554), "127.0.0.1:554");
 * assertEquals(formatEndpoint("::1", 554), "[::1]:554");
 * ```
 */
export function formatEndpoint(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
