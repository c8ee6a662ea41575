import type { Movie } from "../movie/movie.ts";
import { serializeRange } from "../rtsp/range_header.ts";
import { serializeFrameRate } from "../sdp/frame_rate.ts";
import { serializeFrameSize, serializeXDimensions } from "../sdp/picture_size.ts";
import { serializeRtpmap } from "../sdp/rtpmap.ts";
import { serializeSdp } from "../sdp/serialize_sdp.ts";
import type { SdpAttribute } from "../sdp/session_description.ts";

/** RTP payload type of JPEG (RFC 3551 §6). */
export const JPEG_PAYLOAD_TYPE = 26;

/** Clock of every video payload, JPEG's included (RFC 2435 §4.1). */
export const VIDEO_CLOCK_HZ = 90_000;

/** Where a description is given out, beside what it describes. */
export interface PresentationPlace {
  /** The server's address, literal: the origin's. */
  readonly serverAddress: string;
  /** Where the asker receives; 0 where that is not agreed yet. */
  readonly port: number;
  /** The track's control URL, absolute or relative. */
  readonly control: string;
}

/** The session description of a movie (RFC 8866; RFC 2326 §C), as its bytes. */
export function describeMovie(movie: Movie, place: PresentationPlace): Uint8Array {
  const { name, frameCount, framesPerSecond, width, height, etag, liveSinceMs } = movie;
  const addressType = place.serverAddress.includes(":") ? "IP6" : "IP4";
  const seconds = Number.isFinite(frameCount) ? (frameCount / framesPerSecond).toFixed(3) : "";
  const session: SdpAttribute[] = [
    { name: "control", value: "*" },
    { name: "range", value: liveSinceMs === undefined ? `npt=0-${seconds}` : "npt=now-" },
    ...clockRange(movie),
    { name: "etag", value: `"${etag}"` },
  ];
  const rtpmap = {
    payloadType: JPEG_PAYLOAD_TYPE,
    encoding: "JPEG",
    clockRateHz: VIDEO_CLOCK_HZ,
  };
  const track: SdpAttribute[] = [
    { name: "rtpmap", value: serializeRtpmap(rtpmap) },
    { name: "control", value: place.control },
    { name: "framerate", value: serializeFrameRate(framesPerSecond) },
    { name: "x-dimensions", value: serializeXDimensions({ width, height }) },
    { name: "framesize", value: serializeFrameSize(JPEG_PAYLOAD_TYPE, { width, height }) },
  ];
  const version = versionOf(etag);
  return serializeSdp({
    origin: {
      username: "-",
      sessionId: version,
      sessionVersion: version,
      addressType,
      address: place.serverAddress,
    },
    name: name.replace(/[\0\r\n]/g, "?"),
    emails: [],
    phones: [],
    connection: { addressType, address: addressType === "IP4" ? "0.0.0.0" : "::" },
    bandwidths: [],
    times: [{ start: "0", stop: "0", repeats: [] }],
    attributes: session,
    media: [{
      media: "video",
      port: place.port,
      protocol: "RTP/AVP",
      formats: [String(JPEG_PAYLOAD_TYPE)],
      connections: [],
      bandwidths: [],
      attributes: track,
    }],
  });
}

/** The range in absolute time, where the movie has one (RFC 2326 §3.7, §C.1.5). */
function clockRange({ startUnixMs, frameCount, framesPerSecond }: Movie): SdpAttribute[] {
  if (startUnixMs === undefined || !Number.isFinite(frameCount)) return [];
  const endMs = Math.round(startUnixMs + frameCount / framesPerSecond * 1000);
  return [{ name: "range", value: serializeRange({ unit: "clock", startMs: startUnixMs, endMs }) }];
}

/** A number that changes with the movie's content (RFC 8866 §5.2), as FNV-1a makes it of the etag. */
function versionOf(etag: string): string {
  let hash = 0x811c9dc5;
  for (const character of etag) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return String(hash);
}
