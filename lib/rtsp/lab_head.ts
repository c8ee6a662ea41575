import { isRtspMethod } from "./methods.ts";

// Heads may be hostile: none of these expressions takes more than linear time.
const STANDARD_URI = /^\S+[ \t]+(?:rtsps?:\/\/|\*[ \t])/i;
const WORD = /^[A-Za-z_]+[ \t]/;
const VERSION_AT_END = /[ \t]RTSP\/\d{1,2}\.\d{1,2}$/;
const LAB_PROTOCOL = /\b(?:RTP|TCP)\/UDP\b/i;
const LAB_PORT = /\bclient_port[ \t]*=[ \t]*\d/i;
/** Four digits, since fewer may be the start of a standard session id whose rest is on its way. */
const LAB_SESSION =
  /^session[ \t]*:[ \t]*(?:\d{4,}|\d+[ \t]*;[ \t]*client_port[ \t]*=[ \t]*\d+)[ \t]*$/i;
const GLUED_METHOD =
  /\d(?=(?:OPTIONS|DESCRIBE|SETUP|PLAY|PAUSE|TEARDOWN|[GS]ET_PARAMETER)(?:[ \t]|$))/;

/** Whether a request line can be a lab client's: a known method, or any word with an RTSP version. */
export function isLabRequestLine(line: string): boolean {
  return isRtspMethod(firstWord(line)) || (WORD.test(line) && VERSION_AT_END.test(line.trimEnd()));
}

/**
 * Whether a whole head speaks the lab dialect: its URI is neither a URL nor `*`, or line 3 is a lab
 * Transport.
 */
export function isLabHead(lines: readonly string[]): boolean {
  if (!isLabRequestLine(lines[0] ?? "")) return false;
  return !isStandardRequestLine(lines[0] ?? "") || isLabTransport(lines[2] ?? "");
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
  if (bareLf || !isStandardRequestLine(first)) return true;
  return lines.length === 3 && (isLabTransport(third) || LAB_SESSION.test(third));
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

function isStandardRequestLine(line: string): boolean {
  return STANDARD_URI.test(line) && VERSION_AT_END.test(line.trimEnd());
}

function isLabTransport(line: string): boolean {
  return LAB_PROTOCOL.test(line) && LAB_PORT.test(line);
}

function firstWord(line: string): string {
  return /^[A-Z_]+(?=[ \t]|$)/.exec(line)?.[0] ?? "";
}
