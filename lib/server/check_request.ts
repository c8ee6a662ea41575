import { RTSP_VERSION, type RtspRequest } from "../rtsp/message.ts";
import { isRtspMethod } from "../rtsp/methods.ts";
import type { RtspHeaders } from "../rtsp/rtsp_headers.ts";
import type { StandardReply } from "./standard_reply.ts";

/** What the standard dialect serves, as `Public` and `Allow` list it. */
export const SERVED =
  "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

const SERVED_METHODS: ReadonlySet<string> = new Set(SERVED.split(", "));

/** An answer that says no, and why, for the log. */
export interface Refusal {
  readonly reply: StandardReply;
  readonly detail: string;
}

/**
 * The answer to what no server of ours serves, whoever asks and for what: another version (505), a
 * required feature (551, §12.32), a method that is unknown (501) or not for movies (405).
 */
export function checkRequest({ method, version, headers, uri }: RtspRequest): Refusal | undefined {
  if (version !== RTSP_VERSION) {
    return { reply: { status: 505 }, detail: `${version} is not ${RTSP_VERSION}` };
  }
  const required = featuresOf(headers, "Require") ?? featuresOf(headers, "Proxy-Require");
  if (required !== undefined) {
    const reply = { status: 551, headers: [["Unsupported", required]] } as const;
    return { reply, detail: `${required} is required` };
  }
  if (!isRtspMethod(method)) {
    return { reply: { status: 501, headers: [["Public", SERVED]] }, detail: "unknown method" };
  }
  if (!SERVED_METHODS.has(method)) {
    return { reply: { status: 405, headers: [["Allow", SERVED]] }, detail: "not for movies" };
  }
  const isForAll = method === "OPTIONS" || method.endsWith("_PARAMETER");
  if (uri === "*" && !isForAll) {
    return { reply: { status: 400 }, detail: `${method} needs a URL, not *` };
  }
  return undefined;
}

/** The features that a header names, over all of its lines; `undefined` where it names none. */
function featuresOf(headers: RtspHeaders, name: string): string | undefined {
  const features = (headers.list(name) ?? "").split(",").map((feature) => feature.trim())
    .filter((feature) => feature !== "");
  return features.length === 0 ? undefined : features.join(", ");
}
