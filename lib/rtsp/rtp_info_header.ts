import { excerpt } from "./excerpt.ts";
import { isHeaderValue } from "./header_value.ts";
import { quote, unquote } from "./quoted_string.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { splitHeader } from "./split_header.ts";

/** What `RTP-Info` says about one stream (RFC 2326 §12.33). */
export interface RtpInfo {
  /** Absolute, or relative to the request's URL; as written. */
  readonly url: string;
  /** Sequence number of the first packet after the request, 0 to 65535. */
  readonly sequence?: number;
  /** RTP timestamp that stands for the start of the range in `Range`, 0 to 2^32 - 1. */
  readonly rtpTime?: number;
}

const URL_NAME = /^\s*url\s*=/i;
const NEXT_PARAMETER = /;\s*(?:seq|rtptime|ssrc)\s*=/i;

/**
 * Reads `RTP-Info`. URLs may hold commas and semicolons: a new entry starts at `url=` only. Numbers that
 * are out of range are left out, as some cameras send -1 or 64-bit times.
 *
 * @throws {RtspSyntaxError} For an entry without URL.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseRtpInfo("url=rtsp://a/b;seq=5;rtptime=9,url=rtsp://a/c"), [
 *   { url: "rtsp://a/b", sequence: 5, rtpTime: 9 },
 *   { url: "rtsp://a/c" },
 * ]);
 * ```
 */
export function parseRtpInfo(value: string): RtpInfo[] {
  return value.split(/,(?=\s*url\s*=)/i).map((entry) => {
    const name = URL_NAME.exec(entry)?.[0] ?? entry;
    const rest = entry.slice(name.length);
    const url = unquote(rest.slice(0, NEXT_PARAMETER.exec(rest)?.index).trim()).trim();
    if (url === "") {
      throw new RtspSyntaxError(`Cannot parse RTP-Info: entry ${excerpt(entry)} has no URL`);
    }
    const sequence = readNumber(entry, "seq", 0xffff);
    const rtpTime = readNumber(entry, "rtptime", 0xffffffff);
    return {
      url,
      ...sequence === undefined ? {} : { sequence },
      ...rtpTime === undefined ? {} : { rtpTime },
    };
  });
}

/**
 * Writes what `parseRtpInfo()` reads.
 *
 * @throws {RangeError} For a URL that cannot be written.
 */
export function serializeRtpInfo(infos: readonly RtpInfo[]): string {
  return infos.map(({ url, sequence, rtpTime }) => {
    if (url === "" || !isHeaderValue(url)) {
      throw new RangeError(`Cannot write RTP-Info: URL ${excerpt(url)} is not allowed`);
    }
    const parts = [`url=${/[\s,;"]/.test(url) ? quote(url) : url}`];
    if (sequence !== undefined) parts.push(`seq=${sequence}`);
    if (rtpTime !== undefined) parts.push(`rtptime=${rtpTime}`);
    return parts.join(";");
  }).join(",");
}

function readNumber(entry: string, name: string, most: number): number | undefined {
  const parts = splitHeader(entry, ";");
  for (const part of parts) {
    const [, found = "", digits = ""] = /^(\w+)\s*=\s*(\d{1,10})$/.exec(part) ?? [];
    if (found.toLowerCase() === name && Number(digits) <= most) return Number(digits);
  }
  return undefined;
}
