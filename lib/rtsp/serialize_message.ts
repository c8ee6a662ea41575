import { joinBytes } from "../bytes/join_bytes.ts";
import { isHeaderValue } from "./header_value.ts";
import type { RtspRequest, RtspResponse } from "./message.ts";
import type { RtspHeaders } from "./rtsp_headers.ts";
import { isToken } from "./token.ts";

const ENCODER = new TextEncoder();

/**
 * The bytes of a request, with `Content-Length` added where there is a body and no such header.
 *
 * @throws {RangeError} Where a name, value or the URI cannot be written (CR, LF, NUL, spaces at the
 * ends) or `Content-Length` contradicts the body: our bug.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RtspHeaders } from "./rtsp_headers.ts";
 *
 * const bytes = serializeRequest({
 *   kind: "request",
 *   method: "OPTIONS",
 *   uri: "*",
 *   version: "RTSP/1.0",
 *   headers: new RtspHeaders([["CSeq", "1"]]),
 *   body: new Uint8Array(),
 * });
 * assertEquals(new TextDecoder().decode(bytes), "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n");
 * ```
 */
export function serializeRequest(request: RtspRequest): Uint8Array {
  const { method, uri, version, headers, body } = request;
  if (!isToken(method)) refuse("method", method);
  if (uri === "" || !isHeaderValue(uri)) refuse("URI", uri);
  return serialize(`${method} ${uri} ${version}`, headers, body);
}

/**
 * The bytes of a response, with `Content-Length` added where there is a body and no such header.
 *
 * @throws {RangeError} As `serializeRequest()`, and where the status is not 100 to 599.
 */
export function serializeResponse(response: RtspResponse): Uint8Array {
  const { version, status, reason, headers, body } = response;
  if (!Number.isInteger(status) || status < 100 || status > 599) refuse("status", String(status));
  if (!isHeaderValue(reason)) refuse("reason", reason);
  return serialize(`${version} ${status} ${reason}`, headers, body);
}

function serialize(startLine: string, headers: RtspHeaders, body: Uint8Array): Uint8Array {
  let head = `${startLine}\r\n`;
  for (const [name, value] of headers.entries) {
    if (!isToken(name)) refuse("header name", name);
    if (!isHeaderValue(value)) refuse(`value of ${name}`, value);
    head += `${name}: ${value}\r\n`;
  }
  const declared = headers.getAll("Content-Length");
  if (declared.some((length) => Number(length) !== body.length)) {
    throw new RangeError(
      `Cannot write a message: Content-Length ${declared} contradicts a body of ${body.length} bytes`,
    );
  }
  if (declared.length === 0 && body.length > 0) head += `Content-Length: ${body.length}\r\n`;
  return joinBytes([ENCODER.encode(`${head}\r\n`), body]);
}

function refuse(what: string, text: string): never {
  throw new RangeError(`Cannot write a message: ${what} ${JSON.stringify(text)} is not allowed`);
}
