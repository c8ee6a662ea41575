import type { RtspRequest } from "../rtsp/message.ts";
import type { StandardReply } from "./standard_reply.ts";
import type { StandardSession } from "./standard_session.ts";

/** The content type of parameter lists (RFC 2326 §10.8). */
const PARAMETERS_TYPE = "text/parameters";

/** What can be asked of a session, in the words of the reply. */
const READABLE: ReadonlyMap<string, (session: StandardSession) => number> = new Map([
  ["position", ({ playback, lease }) => playback.nextFrame / lease.movie.framesPerSecond],
  ["frames_sent", ({ playback }) => playback.counts.frames],
  ["packets_sent", ({ playback }) => playback.counts.packets],
  ["octets_sent", ({ playback }) => playback.counts.octets],
]);

/**
 * The answer to GET_PARAMETER (RFC 2326 §10.8): without a body a sign of life; with one the values that
 * it names, or 451 with the names that are not known.
 */
export function getParameter(
  request: RtspRequest,
  session: StandardSession | undefined,
): StandardReply {
  const names = parameterNames(request);
  if (!Array.isArray(names)) return names;
  if (names.length === 0) return { status: 200 };
  const unknown = names.filter((name) => session === undefined || !READABLE.has(name));
  if (session === undefined || unknown.length > 0) return listed(451, unknown);
  return listed(200, names.map((name) => `${name}: ${READABLE.get(name)?.(session)}`));
}

/**
 * The answer to SET_PARAMETER (RFC 2326 §10.9), which does all or nothing; there is nothing here that can
 * be set: 458 for what can only be read, 451 for what is not known.
 */
export function setParameter(request: RtspRequest): StandardReply {
  const names = parameterNames(request);
  if (!Array.isArray(names)) return names;
  if (names.length === 0) return { status: 200 };
  const unknown = names.filter((name) => !READABLE.has(name));
  return unknown.length > 0 ? listed(451, unknown) : listed(458, names);
}

/** The names before the colons, or the refusal of a body that is something else. */
function parameterNames({ headers, body }: RtspRequest): string[] | StandardReply {
  const type = headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (body.length === 0) return [];
  if (type !== undefined && type !== PARAMETERS_TYPE) {
    return { status: 415, headers: [["Accept", PARAMETERS_TYPE]] };
  }
  return new TextDecoder().decode(body).split(/\r?\n/)
    .map((line) => (line.split(":")[0] ?? "").trim())
    .filter((name) => name !== "");
}

function listed(status: number, lines: readonly string[]): StandardReply {
  return {
    status,
    headers: [["Content-Type", PARAMETERS_TYPE]],
    body: new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join("")),
  };
}
