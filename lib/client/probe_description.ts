import { WireError } from "../bytes/wire_error.ts";
import { resolveControl } from "../rtsp/control_url.ts";
import type { RtspResponse } from "../rtsp/message.ts";
import { attributeValue, attributeValues } from "../sdp/attributes.ts";
import { parseSdp } from "../sdp/parse_sdp.ts";
import { parseRtpmap } from "../sdp/rtpmap.ts";
import type { SdpMedia, SessionDescription } from "../sdp/session_description.ts";
import { chooseTrack } from "./choose_track.ts";
import { contentBase } from "./content_base.ts";
import { leniently } from "./leniently.ts";
import type { ProbeTrack } from "./probe_result.ts";
import { trackFacts } from "./track_facts.ts";

/** What a probe takes from the answer to DESCRIBE. */
export interface ProbeDescription {
  readonly tracks: readonly ProbeTrack[];
  /** For TEARDOWN. */
  readonly presentationUrl: string;
  /** For SETUP: the JPEG track, or the first one where there is none; `undefined` without any. */
  readonly trackUrl: string | undefined;
}

/**
 * Reads the answer to DESCRIBE, whatever the encoding of its tracks; why it is of no use, a clause,
 * where it cannot be read.
 *
 * @param requestUrl What was described.
 */
export function readProbeDescription(
  response: RtspResponse,
  requestUrl: string,
): ProbeDescription | string {
  try {
    const session = parseSdp(response.body);
    const base = contentBase(response.headers, requestUrl);
    const presentationUrl = resolveControl(
      base,
      attributeValue(session.attributes, "control") ?? "*",
    );
    const controlOf = ({ attributes }: SdpMedia) => {
      const control = attributeValue(attributes, "control");
      return control === undefined ? presentationUrl : resolveControl(base, control);
    };
    const chosen = chooseTrack(session)?.media ?? session.media[0];
    return {
      tracks: session.media.map((media) => trackOf(media, controlOf(media), session)),
      presentationUrl,
      trackUrl: chosen && controlOf(chosen),
    };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return error.message;
  }
}

function trackOf(media: SdpMedia, control: string, session: SessionDescription): ProbeTrack {
  const maps = attributeValues(media.attributes, "rtpmap").flatMap((value) =>
    leniently(() => [parseRtpmap(value)]) ?? []
  );
  const payloadType = Number(media.formats[0]);
  const map = maps.find((one) => one.payloadType === payloadType);
  const isJpeg = map === undefined && payloadType === 26; // RFC 3551 §6
  return {
    media: media.media,
    encoding: map !== undefined
      ? `${map.encoding}/${map.clockRateHz}`
      : isJpeg
      ? "JPEG/90000"
      : `payload type ${media.formats[0]}`,
    payloadType,
    control,
    ...trackFacts(media.attributes, payloadType, session.attributes),
  };
}
