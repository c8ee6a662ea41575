import { joinBytes } from "../bytes/join_bytes.ts";
import { isHeaderValue } from "./header_value.ts";
import { LAB_MAX_MESSAGE_LENGTH } from "./limits.ts";
import { RTSP_VERSION } from "./message.ts";
import type { RtspHeader } from "./rtsp_headers.ts";
import { reasonOf } from "./status.ts";
import { isToken } from "./token.ts";

/** What a server answers in the lab dialect. */
export interface LabReplyFields {
  readonly status: number;
  readonly cseq: number;
  /** Decimal digits; an error says 0 in its place, which lab clients ignore. */
  readonly session: string;
  /** Behind the three lines that lab clients read by position. */
  readonly headers?: readonly RtspHeader[];
  /** Gets its `Content-Length`. */
  readonly body?: Uint8Array;
}

/**
 * The one form of a reply that suits lab clients and strict parsers alike: CRLF, CSeq on line 2,
 * `Session: <decimal>` on line 3, a blank line. To be sent with one write.
 *
 * @throws {RangeError} For a session that is not decimal, headers that cannot be written, or a head of more
 * than `LAB_MAX_MESSAGE_LENGTH` bytes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   new TextDecoder().decode(serializeLabReply({ status: 404, cseq: 1, session: "751858" })),
 *   "RTSP/1.0 404 Not Found\r\nCSeq: 1\r\nSession: 0\r\n\r\n",
 * );
 * ```
 */
export function serializeLabReply(reply: LabReplyFields): Uint8Array {
  const { status, cseq, session, headers = [], body = new Uint8Array() } = reply;
  if (!/^\d+$/.test(session)) refuse(`session ${JSON.stringify(session)} is not decimal`);
  if (!Number.isSafeInteger(cseq) || cseq < 0) refuse(`CSeq ${cseq} is not a number from 0`);
  if (!Number.isInteger(status) || status < 100 || status > 599) refuse(`status ${status} is none`);
  let head = `${RTSP_VERSION} ${status} ${reasonOf(status)}\r\nCSeq: ${cseq}\r\n` +
    `Session: ${status >= 400 ? "0" : session}\r\n`;
  for (const [name, value] of headers) {
    if (!isToken(name) || !isHeaderValue(value)) {
      refuse(`header ${JSON.stringify(`${name}: ${value}`)} is not allowed`);
    }
    head += `${name}: ${value}\r\n`;
  }
  if (body.length > 0) head += `Content-Length: ${body.length}\r\n`;
  const bytes = new TextEncoder().encode(`${head}\r\n`);
  if (bytes.length > LAB_MAX_MESSAGE_LENGTH) {
    refuse(`its head has ${bytes.length} bytes, at most ${LAB_MAX_MESSAGE_LENGTH} are read`);
  }
  return joinBytes([bytes, body]);
}

function refuse(problem: string): never {
  throw new RangeError(`Cannot write a lab reply: ${problem}`);
}
