import { assert } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { parseAuthorization } from "../../lib/rtsp/authorization_header.ts";
import { LabReplyParser } from "../../lib/rtsp/lab_reply_parser.ts";
import { parseLabRequest } from "../../lib/rtsp/lab_request.ts";
import { RtspMessageParser } from "../../lib/rtsp/message_parser.ts";
import { pathSegments } from "../../lib/rtsp/path_segments.ts";
import { parseRange } from "../../lib/rtsp/range_header.ts";
import { RtspRequestParser } from "../../lib/rtsp/request_parser.ts";
import { parseRtpInfo } from "../../lib/rtsp/rtp_info_header.ts";
import { parseSession } from "../../lib/rtsp/session_header.ts";
import { parseTransport } from "../../lib/rtsp/transport_header.ts";
import { parseRtspUrl } from "../../lib/rtsp/url.ts";
import { at } from "../support/now.ts";
import { bytesOf } from "../support/text.ts";

const LENGTH = 16_000;
const UNITS = [" ", "\t", ";", ",", "=", "a", "1", '"', "\\", ", ", "url=", ";seq ", "%41", "::"];
UNITS.push("RTSP/1.0 ", "client_port ", "RTP/UDP ", "session ", "/", "@", "a ");
const STARTS = ["", "url=", "Digest a=", "rtsp://", "rtsp://[", "RTP/AVP;", "npt="];

/**
 * Far above what linear parsers need for a text (under 10 ms where this was written) and below what one that
 * backtracks over each character took (150 to 400 ms).
 */
const MOST_MS = 100;

const PARSERS: readonly ((text: string) => unknown)[] = [
  parseTransport,
  parseRtpInfo,
  parseAuthorization,
  parseSession,
  parseRange,
  parseRtspUrl,
  pathSegments,
  (text) => parseLabRequest([`SETUP ${text}`, `${text} 1`, text]),
  (text) => new RtspMessageParser().push(bytesOf(`PLAY${text}\n\n`)),
  (text) => new RtspRequestParser().push(bytesOf(`PLAY rtsp://a${text}\n\n`), at(0)),
  (text) => new RtspRequestParser().push(bytesOf(`RTSP${text}x\n\n`), at(0)),
  (text) => new LabReplyParser().push(bytesOf(`RTSP/1.0 200${text}\n${text}\n\n`), at(0)),
];

/** The shortest of three, so that another program's turn is not counted. */
function shortestMs(parse: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    try {
      parse();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
    return performance.now() - start;
  });
  return Math.min(...times);
}

Deno.test("known hole: no head of 16 KiB takes any parser more than linear time", () => {
  for (const unit of UNITS) {
    for (const start of STARTS) {
      const text = `${start}${unit.repeat(LENGTH / unit.length)}x`;
      PARSERS.forEach((parse, index) => {
        const ms = shortestMs(() => parse(text));
        assert(ms < MOST_MS, `parser ${index} took ${ms} ms for ${JSON.stringify(start + unit)}…`);
      });
    }
  }
});
