import { attributeValues } from "../sdp/attributes.ts";
import { parseRtpmap, type Rtpmap } from "../sdp/rtpmap.ts";
import type { SdpMedia, SessionDescription } from "../sdp/session_description.ts";
import { leniently } from "./leniently.ts";

/** RTP payload type of JPEG (RFC 3551 §6). */
const STATIC_JPEG = "26";
/** Clock of JPEG's timestamps (RFC 2435 §4.1). */
export const VIDEO_CLOCK_HZ = 90_000;

/** A track that carries JPEG by RFC 2435. */
export interface JpegTrack {
  readonly media: SdpMedia;
  readonly payloadType: number;
}

/** The first JPEG track of a description, by its static payload type or its rtpmap. */
export function chooseTrack({ media }: SessionDescription): JpegTrack | undefined {
  for (const section of media) {
    if (section.media !== "video" || !section.protocol.startsWith("RTP/")) continue;
    const maps = rtpmapsOf(section);
    const format = section.formats.find((format) => {
      const map = maps.find(({ payloadType }) => String(payloadType) === format);
      if (map === undefined) return format === STATIC_JPEG;
      return map.encoding.toUpperCase() === "JPEG" && map.clockRateHz === VIDEO_CLOCK_HZ;
    });
    if (format !== undefined) return { media: section, payloadType: Number(format) };
  }
  return undefined;
}

/** What a description offers, for a message: `video H264, audio PCMU`. */
export function nameTracks({ media }: SessionDescription): string {
  if (media.length === 0) return "nothing";
  return media.map((section) => {
    const names = rtpmapsOf(section).map(({ encoding }) => encoding);
    return `${section.media} ${(names.length > 0 ? names : section.formats).join("/")}`;
  }).join(", ");
}

/** Those that can be read; a broken one says nothing. */
function rtpmapsOf({ attributes }: SdpMedia): Rtpmap[] {
  return attributeValues(attributes, "rtpmap").flatMap((value) =>
    leniently(() => [parseRtpmap(value)]) ?? []
  );
}
