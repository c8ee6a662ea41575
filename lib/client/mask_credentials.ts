/** One character a byte, so that places in the text are places in the bytes. */
const LATIN1 = new TextDecoder("latin1");
const ASTERISK = 0x2a;

/**
 * A message of RTSP with `*` for each byte of what a user proves its identity with; nothing else is changed.
 *
 * @returns A copy.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const message = "OPTIONS * RTSP/1.0\r\nAuthorization: Basic YTpi\r\nCSeq: 1\r\n\r\n";
 * const masked = maskCredentials(new TextEncoder().encode(message));
 * const text = message.replace("Basic YTpi", "**********");
 * assertEquals(new TextDecoder().decode(masked), text);
 * ```
 */
export function maskCredentials(message: Uint8Array): Uint8Array {
  const masked = message.slice();
  const text = LATIN1.decode(message);
  for (const { index, 0: line, 1: name = "" } of text.matchAll(CREDENTIALS)) {
    masked.fill(ASTERISK, index + name.length, index + line.length);
  }
  return masked;
}

/** Name and value; a value may go on in lines that begin with a blank (RFC 2326 §4). */
const CREDENTIALS = /^((?:proxy-)?authorization[ \t]*:[ \t]*)[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*/gim;
