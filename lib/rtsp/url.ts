import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

/** An RTSP URL (RFC 2326 §3.2). Nothing in it is decoded. */
export interface RtspUrl {
  /** `rtsps` is RTSP in TLS. */
  readonly scheme: "rtsp" | "rtsps";
  /** Before `:` of the user info, percent-encoded as written. */
  readonly user?: string;
  /** Behind the first `:` of the user info, percent-encoded as written. */
  readonly password?: string;
  /** Lower case; an IPv6 address without its brackets. */
  readonly host: string;
  /** 554 or 322 where it is not said. */
  readonly port: number;
  /** From its first `/` to before `?`; empty where there is none. */
  readonly path: string;
  /** Behind `?`; empty and missing differ. */
  readonly query?: string;
}

/** Ports where a URL names none (RFC 2326 §3.2; 322 for `rtsps` is IANA's). */
export const DEFAULT_PORTS = { rtsp: 554, rtsps: 322 } as const;

const URL_PARTS =
  /^(rtsps?):\/\/(?:([^/?#]*)@)?(\[[^\]/?#]*\]|[^/?#:]*)(?::(\d*))?(\/[^?#]*)?(?:\?([^#]*))?$/is;

/**
 * Reads an absolute RTSP URL; a fragment is cut off, since it is never sent.
 *
 * @throws {RtspSyntaxError} For other schemes, a missing or broken host, and ports that are not 1 to 65535.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const url = parseRtspUrl("rtsp://[::1]:8554/movie.mjpeg/track1?x");
 * assertEquals([url.host, url.port, url.path], ["::1", 8554, "/movie.mjpeg/track1"]);
 * assertEquals(serializeRtspUrl(url), "rtsp://[::1]:8554/movie.mjpeg/track1?x");
 * ```
 */
export function parseRtspUrl(text: string): RtspUrl {
  const parts = URL_PARTS.exec(text.split("#", 1).join("").trim());
  if (parts === null) fail(text, 'is not "rtsp://<host>[:<port>]/<path>"');
  const [, schemeText = "", userInfo, rawHost = "", digits = "", path = "", query] = parts;
  const scheme = schemeText.toLowerCase() === "rtsps" ? "rtsps" : "rtsp";
  const host = readHost(text, rawHost);
  const port = digits === "" ? DEFAULT_PORTS[scheme] : Number(digits);
  if (port < 1 || port > 0xffff) fail(text, `has the port ${digits.slice(0, 12)}, not 1 to 65535`);
  const [user, ...password] = userInfo?.split(":") ?? [];
  return {
    scheme,
    ...user === undefined ? {} : { user },
    ...password.length === 0 ? {} : { password: password.join(":") },
    host,
    port,
    path,
    ...query === undefined ? {} : { query },
  };
}

/** Writes what `parseRtspUrl()` reads; the default port is left out, user info is written. */
export function serializeRtspUrl(url: RtspUrl): string {
  const { scheme, user, password, host, port, path, query } = url;
  const userInfo = user === undefined
    ? ""
    : `${user}${password === undefined ? "" : `:${password}`}@`;
  const authority = host.includes(":") ? `[${host}]` : host;
  const place = port === DEFAULT_PORTS[scheme] ? authority : `${authority}:${port}`;
  return `${scheme}://${userInfo}${place}${path}${query === undefined ? "" : `?${query}`}`;
}

/** The URL as it stands in a request line: without user info, which no server needs to see. */
export function withoutUserInfo(url: RtspUrl): RtspUrl {
  const { user: _user, password: _password, ...others } = url;
  return others;
}

function readHost(text: string, host: string): string {
  const inside = /^\[(.*)\]$/.exec(host)?.[1];
  if (inside !== undefined) {
    // A zone (%eth0, also as %25eth0) stays part of the address.
    if (!/^[0-9a-f:.]*:[0-9a-f:.]*(?:%[\w.%-]+)?$/i.test(inside)) {
      fail(text, "has no IPv6 address in []");
    }
    return inside.toLowerCase();
  }
  if (!/^[^\s\p{Cc}"<>\\^`{|}%@[\]]+$/u.test(host)) fail(text, "has no host");
  return host.toLowerCase();
}

function fail(text: string, problem: string): never {
  throw new RtspSyntaxError(`Cannot parse URL: ${excerpt(text)} ${problem}`);
}
