import { isHeaderValue } from "../rtsp/header_value.ts";
import { LAB_MAX_MESSAGE_LENGTH } from "../rtsp/limits.ts";

/** What a SETUP has beside the name: `SETUP  RTSP/1.0`, a CSeq and the longest port. */
const SETUP_REST = 68;
/** What another request has beside name and session. */
const OTHER_REST = 48;

/**
 * Why a movie's name cannot stand in lab requests, as one sentence; `undefined` where it can.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(labFileProblem("movie.Mjpeg"), undefined);
 * assertEquals(
 *   labFileProblem("x".repeat(200)),
 *   "Cannot ask for a name of 200 bytes: lab servers read requests of 256, which leaves 188 for it",
 * );
 * ```
 */
export function labFileProblem(file: string): string | undefined {
  if (file === "" || !isHeaderValue(file)) {
    return `Cannot ask for ${JSON.stringify(file)}: it is no name that can stand in a request`;
  }
  const most = LAB_MAX_MESSAGE_LENGTH - SETUP_REST;
  const { length } = new TextEncoder().encode(file);
  return length <= most
    ? undefined
    : `Cannot ask for a name of ${length} bytes: lab servers read ` +
      `requests of ${LAB_MAX_MESSAGE_LENGTH}, which leaves ${most} for it`;
}

/** Whether a session from a reply can be sent back, beside the movie's name. */
export function isLabSession(session: string, file: string): boolean {
  const most = LAB_MAX_MESSAGE_LENGTH - OTHER_REST - new TextEncoder().encode(file).length;
  return /^[!-~]+$/.test(session) && session.length <= most;
}
