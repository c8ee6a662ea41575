import type { RtspHeaders } from "../rtsp/rtsp_headers.ts";

/**
 * What the control URLs of a description are relative to (RFC 2326 §C.1.1). Some servers give a
 * Content-Location that is no absolute URL, or an empty Content-Base: then it is the request's URL.
 *
 * @param headers Of the answer to DESCRIBE.
 */
export function contentBase(headers: RtspHeaders, requestUrl: string): string {
  const named = headers.get("Content-Base") ?? headers.get("Content-Location");
  return named !== undefined && /^rtsps?:\/\/[^/\s]+/i.test(named) ? named : requestUrl;
}
