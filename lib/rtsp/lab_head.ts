import { isRtspMethod } from "./methods.ts";

const STANDARD_REQUEST_LINE = /^\S+[ \t]+(?:rtsps?:\/\/.*|\*)[ \t]+RTSP\/\d+\.\d+[ \t]*$/i;
const WITH_VERSION = /^[A-Za-z_]+[ \t]+(?:.*[ \t])?RTSP\/\d+\.\d+[ \t]*$/;
const LAB_TRANSPORT = /\b(?:RTP|TCP)\/UDP\b.*\bclient_port[ \t]*=[ \t]*\d+/i;
/** Four digits, since fewer may be the start of a standard session id whose rest is on its way. */
const LAB_SESSION =
  /^session[ \t]*:[ \t]*(?:\d{4,}|\d+[ \t]*;[ \t]*client_port[ \t]*=[ \t]*\d+)[ \t]*$/i;
const GLUED_METHOD =
  /\d(?=(?:OPTIONS|DESCRIBE|SETUP|PLAY|PAUSE|TEARDOWN|[GS]ET_PARAMETER)(?:[ \t]|$))/;

/** Whether a request line can be a lab client's: a known method, or any word with an RTSP version. */
export function isLabRequestLine(line: string): boolean {
  return isRtspMethod(firstWord(line)) || WITH_VERSION.test(line);
}

/**
 * Whether a whole head speaks the lab dialect: its URI is neither a URL nor `*`, or line 3 is a lab
 * Transport.
 */
export function isLabHead(lines: readonly string[]): boolean {
  if (!isLabRequestLine(lines[0] ?? "")) return false;
  return !STANDARD_REQUEST_LINE.test(lines[0] ?? "") || LAB_TRANSPORT.test(lines[2] ?? "");
}

/**
 * Whether lines that have no blank line behind them may be a whole lab message. A standard sender that
 * is slow must not be cut short, so CRLF with an `rtsp://` URL counts only where line 3 is complete as
 * only lab clients write it.
 *
 * @param bareLf Whether some line ends in LF without CR.
 */
export function mayBeWholeLabMessage(lines: readonly string[], bareLf: boolean): boolean {
  const [first = "", second = "", third = ""] = lines;
  if (!isLabRequestLine(first) || !/\d/.test(second)) return false;
  if (firstWord(first) === "SETUP" && !/\d/.test(third)) return false;
  if (bareLf || !STANDARD_REQUEST_LINE.test(first)) return true;
  return lines.length === 3 && (LAB_TRANSPORT.test(third) || LAB_SESSION.test(third));
}

/**
 * Where in a line another lab request starts: 0 where the line is its first, more where it is glued to
 * the number before it (`25000PLAY movie.Mjpeg RTSP/1.0`), `undefined` where there is none.
 */
export function labRequestStart(line: string): number | undefined {
  if (isRtspMethod(firstWord(line)) && !/^\S+[ \t]*:/.test(line)) return 0;
  const glued = GLUED_METHOD.exec(line);
  return glued === null ? undefined : glued.index + 1;
}

function firstWord(line: string): string {
  return /^[A-Z_]+(?=[ \t]|$)/.exec(line)?.[0] ?? "";
}
