import { excerpt } from "./excerpt.ts";
import { MAX_BODY_LENGTH } from "./limits.ts";
import type { RtspHeaders } from "./rtsp_headers.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

/**
 * The length of the body that a head announces (RFC 2326 §12.14); 0 where it says nothing.
 *
 * @throws {RtspSyntaxError} For what is no number, for two that differ (400), and for more than
 * `MAX_BODY_LENGTH` (413).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RtspHeaders } from "./rtsp_headers.ts";
 *
 * assertEquals(contentLength(new RtspHeaders([["content-length", "12"]])), 12);
 * assertEquals(contentLength(new RtspHeaders()), 0);
 * ```
 */
export function contentLength(headers: RtspHeaders): number {
  let length: number | undefined;
  for (const text of headers.getAll("Content-Length")) {
    if (!/^\d+$/.test(text)) fail(`${excerpt(text)} is not a number from 0`, 400);
    const value = Number(text);
    if (length !== undefined && value !== length) fail(`${length} and ${value} differ`, 400);
    if (value > MAX_BODY_LENGTH) {
      fail(`${excerpt(text)} is more than ${MAX_BODY_LENGTH} bytes`, 413);
    }
    length = value;
  }
  return length ?? 0;
}

function fail(problem: string, status: 400 | 413): never {
  throw new RtspSyntaxError(`Cannot parse RTSP message: Content-Length ${problem}`, status);
}
