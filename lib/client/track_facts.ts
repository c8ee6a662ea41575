import { parseRange } from "../rtsp/range_header.ts";
import { attributeValue, attributeValues } from "../sdp/attributes.ts";
import { parseFrameRate } from "../sdp/frame_rate.ts";
import { parseFrameSize, parseXDimensions, type PictureSize } from "../sdp/picture_size.ts";
import type { SdpAttribute } from "../sdp/session_description.ts";
import { leniently } from "./leniently.ts";
import type { MediaDescription } from "./media_description.ts";

/** What a description says of one track's pictures and time, where it can be read. */
export type TrackFacts = Pick<
  MediaDescription,
  "size" | "framesPerSecond" | "startSeconds" | "endSeconds"
>;

/**
 * Reads size, rate and range of a track; what is missing or broken is left out.
 *
 * @param attributes Of the track.
 * @param sessionAttributes Of the whole session, whose range holds where the track has none.
 */
export function trackFacts(
  attributes: readonly SdpAttribute[],
  payloadType: number,
  sessionAttributes: readonly SdpAttribute[],
): TrackFacts {
  return {
    ...sizeOf(attributes, payloadType),
    ...rateOf(attributes),
    ...rangeOf([...attributes, ...sessionAttributes]),
  };
}

function sizeOf(
  attributes: readonly SdpAttribute[],
  payloadType: number,
): { size?: PictureSize } {
  const dimensions = attributeValue(attributes, "x-dimensions");
  const size = dimensions === undefined
    ? attributeValues(attributes, "framesize")
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
): Pick<TrackFacts, "startSeconds" | "endSeconds"> {
  const value = attributeValue(attributes, "range");
  const range = value === undefined ? undefined : leniently(() => parseRange(value));
  if (range?.unit !== "npt") return {};
  const { start, end } = range;
  return {
    ...typeof start === "number" && { startSeconds: start },
    ...end !== undefined && end > 0 && { endSeconds: end },
  };
}
