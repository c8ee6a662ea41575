/** The methods of RTSP 1.0 (RFC 2326 §10), `REDIRECT` and `RECORD` included. */
export const RTSP_METHODS = [
  "OPTIONS",
  "DESCRIBE",
  "ANNOUNCE",
  "SETUP",
  "PLAY",
  "PAUSE",
  "TEARDOWN",
  "GET_PARAMETER",
  "SET_PARAMETER",
  "REDIRECT",
  "RECORD",
] as const;

/** One of `RTSP_METHODS`. */
export type RtspMethod = typeof RTSP_METHODS[number];

const KNOWN: ReadonlySet<string> = new Set(RTSP_METHODS);

/**
 * Whether a method is one of RFC 2326, whether or not we serve it; case matters (RFC 2326 §6.1).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isRtspMethod("PLAY"), true);
 * assertEquals(isRtspMethod("play"), false);
 * assertEquals(isRtspMethod("constructor"), false);
 * ```
 */
export function isRtspMethod(method: string): method is RtspMethod {
  return KNOWN.has(method);
}
