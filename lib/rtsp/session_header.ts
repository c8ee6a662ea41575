import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { splitHeader } from "./split_header.ts";

/** A `Session` header (RFC 2326 §12.37). */
export interface SessionHeader {
  /** Opaque; compared as it is. */
  readonly id: string;
  /** After how long a silent session ends; 60 where it is not said. */
  readonly timeoutSeconds?: number;
}

/** RFC 2326 §3.4 says letters, digits and `$-_.+`; live555, Axis and others send more. */
const ID = /^[^\s;,"]{1,256}$/;

/**
 * Reads a `Session` header of a request or a response.
 *
 * @throws {RtspSyntaxError} For an id that is empty, longer than 256, or holds spaces or separators.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseSession("47112344;timeout=30"), { id: "47112344", timeoutSeconds: 30 });
 * assertEquals(parseSession("47112344"), { id: "47112344" });
 * ```
 */
export function parseSession(value: string): SessionHeader {
  const [id = "", ...parameters] = splitHeader(value, ";");
  if (!ID.test(id)) {
    throw new RtspSyntaxError(`Cannot parse Session: id ${excerpt(id)} is not allowed`);
  }
  for (const parameter of parameters) {
    const digits = /^timeout\s*=\s*"?(\d{1,9})"?$/i.exec(parameter)?.[1];
    if (digits !== undefined && Number(digits) > 0) return { id, timeoutSeconds: Number(digits) };
  }
  return { id };
}

/**
 * Writes what `parseSession()` reads.
 *
 * @throws {RangeError} For an id or a timeout that cannot be written.
 */
export function serializeSession(session: SessionHeader): string {
  const { id, timeoutSeconds } = session;
  if (!ID.test(id)) throw new RangeError(`Cannot write Session: id ${excerpt(id)} is not allowed`);
  if (timeoutSeconds === undefined) return id;
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1) {
    throw new RangeError(`Cannot write Session: timeout ${timeoutSeconds} is not a number from 1`);
  }
  return `${id};timeout=${timeoutSeconds}`;
}
