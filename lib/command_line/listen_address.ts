import { parseAddress } from "./parse_address.ts";

/** Where to listen. */
export interface ListenAddress {
  /** A host name or address, IPv6 without brackets. */
  readonly hostname: string;
  /** 0: any free one. */
  readonly port: number;
}

/**
 * Reads `[ADDRESS:]PORT`; the address is 127.0.0.1 where it is left out.
 *
 * @returns `undefined` where it is none; IPv6 needs brackets.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseListenAddress("8080"), { hostname: "127.0.0.1", port: 8080 });
 * assertEquals(parseListenAddress("[::]:80"), { hostname: "::", port: 80 });
 * assertEquals(parseListenAddress("::1:80"), undefined);
 * ```
 */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, address = "127.0.0.1", digits = ""] = /^(?:(\[[^\]]*\]|[^:]*):)?(\d{1,5})$/.exec(text) ??
    [];
  const hostname = parseAddress(address);
  const port = Number(digits);
  if (digits === "" || port > 0xffff || hostname === undefined) return undefined;
  return { hostname, port };
}
