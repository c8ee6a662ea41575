import { WireError } from "../bytes/wire_error.ts";
import { resolveControl } from "../rtsp/control_url.ts";
import { excerpt } from "../rtsp/excerpt.ts";
import { isHeaderValue } from "../rtsp/header_value.ts";
import type { RtspResponse } from "../rtsp/message.ts";
import { parseRange } from "../rtsp/range_header.ts";
import { attributeValue, attributeValues } from "../sdp/attributes.ts";
import { parseFrameRate } from "../sdp/frame_rate.ts";
import { parseSdp } from "../sdp/parse_sdp.ts";
import { parseFrameSize, parseXDimensions, type PictureSize } from "../sdp/picture_size.ts";
import type { SdpAttribute } from "../sdp/session_description.ts";
import { chooseTrack, type JpegTrack, nameTracks } from "./choose_track.ts";
import { leniently } from "./leniently.ts";
import type { MediaDescription } from "./media_description.ts";

/** What came of a DESCRIBE, or why it is of no use: a clause. */
export type DescribeAnswer =
  | { readonly kind: "description"; readonly description: MediaDescription }
  | { readonly kind: "problem"; readonly reason: string };

/**
 * Reads the answer to DESCRIBE (RFC 2326 §10.2, §C.1): finds the JPEG track and the URLs by which it is
 * set up and played.
 *
 * @param requestUrl What was described: the base where the answer names none.
 */
export function readDescribeAnswer(response: RtspResponse, requestUrl: string): DescribeAnswer {
  const { headers, body } = response;
  try {
    const session = parseSdp(body);
    const track = chooseTrack(session);
    if (track === undefined) {
      return problem(`there is no Motion JPEG in it, it offers ${nameTracks(session)}`);
    }
    const base = baseOf(headers.get("Content-Base") ?? headers.get("Content-Location"), requestUrl);
    const presentationUrl = resolveControl(
      base,
      attributeValue(session.attributes, "control") ?? "*",
    );
    const trackControl = attributeValue(track.media.attributes, "control");
    const trackUrl = trackControl === undefined
      ? presentationUrl
      : resolveControl(base, trackControl);
    const odd = [presentationUrl, trackUrl].find((url) => !isHeaderValue(url));
    if (odd !== undefined) return problem(`its control URL ${excerpt(odd)} cannot be asked for`);
    return {
      kind: "description",
      description: {
        presentationUrl,
        trackUrl,
        payloadType: track.payloadType,
        ...sizeOf(track),
        ...rateOf(track.media.attributes),
        ...rangeOf([...track.media.attributes, ...session.attributes]),
      },
    };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return problem(error.message);
  }
}

/** Some servers give a Content-Location that is no absolute URL, or an empty Content-Base. */
function baseOf(named: string | undefined, requestUrl: string): string {
  return named !== undefined && /^rtsps?:\/\/[^/\s]+/i.test(named) ? named : requestUrl;
}

function sizeOf({ media, payloadType }: JpegTrack): { size?: PictureSize } {
  const dimensions = attributeValue(media.attributes, "x-dimensions");
  const size = dimensions === undefined
    ? attributeValues(media.attributes, "framesize")
      .map((value) => leniently(() => parseFrameSize(value)))
      .find((found) => found?.payloadType === payloadType)
    : leniently(() => parseXDimensions(dimensions));
  return size === undefined ? {} : { size: { width: size.width, height: size.height } };
}

function rateOf(attributes: readonly SdpAttribute[]): { framesPerSecond?: number } {
  const value = attributeValue(attributes, "framerate");
  const framesPerSecond = value === undefined ? undefined : leniently(() => parseFrameRate(value));
  return framesPerSecond === undefined ? {} : { framesPerSecond };
}

function rangeOf(
  attributes: readonly SdpAttribute[],
): Pick<MediaDescription, "startSeconds" | "endSeconds"> {
  const value = attributeValue(attributes, "range");
  const range = value === undefined ? undefined : leniently(() => parseRange(value));
  if (range?.unit !== "npt") return {};
  const { start, end } = range;
  return {
    ...typeof start === "number" && { startSeconds: start },
    ...end !== undefined && end > 0 && { endSeconds: end },
  };
}

function problem(reason: string): DescribeAnswer {
  return { kind: "problem", reason };
}
