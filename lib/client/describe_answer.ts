import { WireError } from "../bytes/wire_error.ts";
import { resolveControl } from "../rtsp/control_url.ts";
import { excerpt } from "../rtsp/excerpt.ts";
import { isHeaderValue } from "../rtsp/header_value.ts";
import type { RtspResponse } from "../rtsp/message.ts";
import { attributeValue } from "../sdp/attributes.ts";
import { parseSdp } from "../sdp/parse_sdp.ts";
import { chooseTrack, nameTracks } from "./choose_track.ts";
import { contentBase } from "./content_base.ts";
import type { MediaDescription } from "./media_description.ts";
import { trackFacts } from "./track_facts.ts";

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
    const base = contentBase(headers, requestUrl);
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
        ...trackFacts(track.media.attributes, track.payloadType, session.attributes),
      },
    };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return problem(error.message);
  }
}

function problem(reason: string): DescribeAnswer {
  return { kind: "problem", reason };
}
