import { excerpt } from "./excerpt.ts";
import { isHeaderValue } from "./header_value.ts";
import { LAB_MAX_MESSAGE_LENGTH } from "./limits.ts";
import { RTSP_VERSION } from "./message.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { isToken } from "./token.ts";

/** A request of the lab dialect, read by position as its programs do. */
export interface LabRequest {
  readonly method: string;
  /**
   * The file's name as sent, not decoded and not checked; for an `rtsp://` URL its path without the
   * first slash; empty in the old form of PLAY, PAUSE and TEARDOWN, which mean the connection's session.
   */
  readonly file: string;
  /** From 0. */
  readonly cseq: number;
  /** 1 to 65535. */
  readonly clientPort?: number;
  /** As sent; the dialect neither needs nor compares it. */
  readonly session?: string;
  /** `RTSP/1.0` where the request names none. */
  readonly version: string;
}

const VERSION = /RTSP\/\d{1,2}\.\d{1,2}/;

/**
 * Reads a lab request: method and file on line 1, CSeq as the integer of line 2 whatever its name, then
 * `client_port = N` or the integer at the end of line 3, and `Session: N`.
 *
 * @param lines Without their ends, as `RtspRequestParser` delivers them.
 * @throws {RtspSyntaxError} Where the method or CSeq is missing, or the port is not 1 to 65535.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const lines = ["SETUP movie.Mjpeg RTSP/1.0", "CSeq: 1", "Transport: RTP/UDP; client_port= 25000"];
 * const file = "movie.Mjpeg";
 * const request = { method: "SETUP", file, cseq: 1, clientPort: 25000, version: "RTSP/1.0" };
 * assertEquals(parseLabRequest(lines), request);
 * ```
 */
export function parseLabRequest(lines: readonly string[]): LabRequest {
  const [first = "", second = "", ...others] = lines;
  const [method = "", ...words] = first.trim().split(/[ \t]+/);
  if (!isToken(method)) fail(`line 1 ${excerpt(first)} starts with no method`);
  const version = VERSION.exec(first)?.[0] ?? VERSION.exec(others[0] ?? "")?.[0] ?? RTSP_VERSION;
  if (VERSION.test(words.at(-1) ?? "")) words.pop();
  const clientPort = readPort(method, others);
  const session = others.map((line) => /session[ \t]*:[ \t]*([^\s;]+)/i.exec(line)?.[1])
    .find((found) => found !== undefined);
  return {
    method,
    file: fileOf(words.join(" ")),
    cseq: readCseq(second),
    ...clientPort === undefined ? {} : { clientPort },
    ...session === undefined ? {} : { session },
    version,
  };
}

/**
 * The bytes of a request as the exercise's clients send them: three lines joined by LF, `client_port=`
 * with its space, nothing at the end.
 *
 * @param request SETUP writes `clientPort`, every other method the session (0 where there is none).
 * @throws {RangeError} For a name with line ends or spaces around it, a port out of range, a SETUP without
 * port, or a message of more than `LAB_MAX_MESSAGE_LENGTH` bytes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = serializeLabRequest({ method: "PLAY", file: "a.Mjpeg", cseq: 2, session: "7" });
 * assertEquals(new TextDecoder().decode(bytes), "PLAY a.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 7");
 * ```
 */
export function serializeLabRequest(request: Omit<LabRequest, "version">): Uint8Array {
  const { method, file, cseq, clientPort, session = "0" } = request;
  if (!isToken(method)) refuse(`method ${excerpt(method)} is no word`);
  if (file === "" || !isHeaderValue(file)) refuse(`file name ${excerpt(file)} is not allowed`);
  if (!isHeaderValue(session)) refuse(`session ${excerpt(session)} is not allowed`);
  if (method === "SETUP" && !isPort(clientPort)) refuse(`port ${clientPort} is not 1 to 65535`);
  const third = method === "SETUP"
    ? `Transport: RTP/UDP; client_port= ${clientPort}`
    : `Session: ${session}`;
  const bytes = new TextEncoder().encode(
    `${method} ${file} ${RTSP_VERSION}\nCSeq: ${cseq}\n${third}`,
  );
  if (bytes.length > LAB_MAX_MESSAGE_LENGTH) {
    refuse(`it has ${bytes.length} bytes, at most ${LAB_MAX_MESSAGE_LENGTH} are read`);
  }
  return bytes;
}

function fileOf(name: string): string {
  return /^rtsps?:\/\/[^/]*\/?(.*)$/i.exec(name)?.[1] ?? name;
}

function readCseq(line: string): number {
  const digits = /(?<!\d)\d+$/.exec(line.trimEnd())?.[0] ?? /\d+/.exec(line)?.[0] ?? "";
  if (digits === "" || digits.length > 10) {
    fail(`line 2 ${excerpt(line)} holds no CSeq of 1 to 10 digits`);
  }
  return Number(digits);
}

function readPort(method: string, lines: readonly string[]): number | undefined {
  const named = lines.map((line) => /client_port[ \t]*=[ \t]*(\d+)/i.exec(line)?.[1])
    .find((found) => found !== undefined);
  // RTSP/1.0 ends in an integer as well, and "interleaved=0-1" is no port.
  const third = (lines[0] ?? "").replace(VERSION, "").trimEnd();
  const positional = method === "SETUP" && !/interleaved|session/i.test(third)
    ? /(?:^|[\s:;=])(\d+)$/.exec(third)?.[1]
    : undefined;
  const digits = named ?? positional;
  if (digits === undefined) return undefined;
  const port = Number(digits);
  if (!isPort(port)) fail(`client port ${excerpt(digits)} is not 1 to 65535`);
  return port;
}

function isPort(port: number | undefined): boolean {
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 0xffff;
}

function fail(problem: string): never {
  throw new RtspSyntaxError(`Cannot parse lab request: ${problem}`);
}

function refuse(problem: string): never {
  throw new RangeError(`Cannot write a lab request: ${problem}`);
}
