import type { PlaySource } from "./failure_sentence.ts";
import type { Login } from "./login.ts";
import { parseRtspUrl, serializeRtspUrl, withoutUserInfo } from "../rtsp/url.ts";

/** What a client of the standard dialect plays, and from where. */
export interface StandardTarget extends PlaySource {
  /** As it stands in requests: without user and password. */
  readonly url: string;
  /** Inside TLS. */
  readonly secure: boolean;
  /** Who is named in the URL. */
  readonly login?: Login;
}

/**
 * What a URL names; user and password leave it here.
 *
 * @throws {WireError} See `parseRtspUrl()`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(standardTarget("rtsp://me:p%40ss@example.com/movie.Mjpeg"), {
 *   host: "example.com",
 *   port: 554,
 *   file: "movie.Mjpeg",
 *   url: "rtsp://example.com/movie.Mjpeg",
 *   secure: false,
 *   login: { user: "me", password: "p@ss" },
 * });
 * ```
 */
export function standardTarget(text: string): StandardTarget {
  const url = parseRtspUrl(text);
  const { scheme, user, password, host, port, path, query } = url;
  return {
    host,
    port,
    file: `${path.slice(1)}${query === undefined ? "" : `?${query}`}`,
    url: serializeRtspUrl(withoutUserInfo(url)),
    secure: scheme === "rtsps",
    ...user === undefined
      ? {}
      : { login: { user: decoded(user), password: decoded(password ?? "") } },
  };
}

/** Without percent encoding; as it stands where that is broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}
