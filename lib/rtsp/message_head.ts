import { excerpt } from "./excerpt.ts";
import { headLines } from "./head_lines.ts";
import { parseHeaderLines } from "./header_lines.ts";
import type { RtspRequest, RtspResponse } from "./message.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { isToken } from "./token.ts";

const STATUS_LINE = /^(RTSP\/\d{1,2}\.\d{1,2}) +([1-5]\d\d)(?: +(.*))?$/;
const VERSION = /^RTSP\/\d{1,2}\.\d{1,2}$/;

/**
 * Reads a head of the standard dialect (RFC 2326 §6.1, §7.1) as a message without its body. Spaces inside
 * the URI are kept: FFmpeg sends them unescaped.
 *
 * @param head Up to and with its blank line, if there is one.
 * @throws {RtspSyntaxError} Where it is no RTSP head; other versions than 1.0 are not refused here.
 */
export function parseMessageHead(head: Uint8Array): RtspRequest | RtspResponse {
  const [startLine = "", ...headerLines] = headLines(head);
  const line = startLine.trimEnd();
  if (line.includes("\0")) {
    throw new RtspSyntaxError("Cannot parse RTSP message: control byte 00 in line 1");
  }
  const body = new Uint8Array();
  const response = STATUS_LINE.exec(line);
  if (response !== null) {
    const [, version = "", status = "", reason = ""] = response;
    const headers = parseHeaderLines(headerLines);
    return { kind: "response", version, status: Number(status), reason, headers, body };
  }
  const [method, uri, version] = splitRequestLine(line);
  if (!isToken(method) || uri === "" || !VERSION.test(version)) {
    throw new RtspSyntaxError(
      `Cannot parse RTSP message: first line ${
        excerpt(startLine)
      } is neither "<method> <URI> RTSP/1.0" nor "RTSP/1.0 <status> <reason>"`,
    );
  }
  return { kind: "request", method, uri, version, headers: parseHeaderLines(headerLines), body };
}

/** The first word, the last, and all between; by places, since expressions backtrack over many spaces. */
function splitRequestLine(line: string): [method: string, uri: string, version: string] {
  const [first, last] = [line.indexOf(" "), line.lastIndexOf(" ")];
  return [line.slice(0, Math.max(0, first)), line.slice(first, last).trim(), line.slice(last + 1)];
}
