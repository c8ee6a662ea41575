import type { RtspResponse } from "../rtsp/message.ts";

/** Longest explanation that is passed on. */
const MOST_CHARACTERS = 200;

/**
 * What a refusal says, as part of a sentence: `404 Not Found`, and the server's own words where it sent
 * some as plain text.
 *
 * @param reason The reason to show.
 */
export function replyProblem(response: RtspResponse, reason: string): string {
  const { status, headers, body } = response;
  const words = `${status} ${reason}`;
  const isText = /^text\/plain\b/i.test(headers.get("Content-Type") ?? "");
  if (!isText || body.length === 0) return words;
  const [line = ""] = new TextDecoder().decode(body).trim().split(/[\r\n]/);
  // deno-lint-ignore no-control-regex
  const shown = line.replace(/[\0-\x1f\x7f]/g, "").trim().replace(/\.$/, "");
  const isLong = shown.length > MOST_CHARACTERS;
  return shown === ""
    ? words
    : `${words} (${isLong ? `${shown.slice(0, MOST_CHARACTERS)}…` : shown})`;
}
