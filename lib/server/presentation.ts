import type { Movie } from "../movie/movie.ts";
import { serializeRange } from "../rtsp/range_header.ts";
import { serializeEtag } from "../sdp/etag.ts";
import { serializeFrameRate } from "../sdp/frame_rate.ts";
import { serializeFrameSize, serializeXDimensions } from "../sdp/picture_size.ts";
import { serializeRtpmap } from "../sdp/rtpmap.ts";
import { serializeSdp } from "../sdp/serialize_sdp.ts";
import type { SdpAttribute, SdpBandwidth, SdpOrigin } from "../sdp/session_description.ts";

/** RTP payload type of JPEG (RFC 3551 §6). */
export const JPEG_PAYLOAD_TYPE = 26;

/** Clock of every video payload, JPEG's included (RFC 2435 §4.1). */
export const VIDEO_CLOCK_HZ = 90_000;

/** What RTP, UDP and IP headers add at 1,400 bytes a packet: 40 in 1,400, rounded up. */
const HEADERS_SHARE = 1.04;

/** Versions of brief descriptions have at most four digits. */
const MOST_BRIEF_VERSIONS = 10_000;

/** Where a description is given out, beside what it describes. */
export interface PresentationPlace {
  /** The server's address, literal: the origin's. */
  readonly serverAddress: string;
  /** Where the asker receives; 0 where that is not agreed yet. */
  readonly port: number;
  /** The track's control URL, absolute or relative. */
  readonly control: string;
}

/**
 * The least that describes a movie: lab clients read a whole reply with one read of 256 bytes, and take
 * what comes behind it for another one.
 */
export function describeMovieBriefly(
  movie: Movie,
  { serverAddress, port }: Omit<PresentationPlace, "control">,
): Uint8Array {
  const { origin, addressType } = originOf(movie, serverAddress, MOST_BRIEF_VERSIONS);
  return serializeSdp({
    ...BARE,
    origin,
    name: nameOf(movie),
    connection: { addressType, address: addressType === "IP4" ? "0.0.0.0" : "::" },
    attributes: [],
    media: [{
      ...BARE_VIDEO,
      port,
      attributes: [
        { name: "rtpmap", value: serializeRtpmap(JPEG_RTPMAP) },
        { name: "framerate", value: serializeFrameRate(movie.framesPerSecond) },
      ],
    }],
  });
}

/** The session description of a movie (RFC 8866; RFC 2326 §C), as its bytes. */
export function describeMovie(movie: Movie, place: PresentationPlace): Uint8Array {
  const { frameCount, framesPerSecond, width, height, etag, liveSinceMs } = movie;
  const { origin, addressType } = originOf(movie, place.serverAddress);
  const seconds = Number.isFinite(frameCount) ? (frameCount / framesPerSecond).toFixed(3) : "";
  const session: SdpAttribute[] = [
    { name: "control", value: "*" },
    { name: "range", value: liveSinceMs === undefined ? `npt=0-${seconds}` : "npt=now-" },
    ...clockRange(movie),
    { name: "etag", value: serializeEtag(etag) },
  ];
  const track: SdpAttribute[] = [
    { name: "rtpmap", value: serializeRtpmap(JPEG_RTPMAP) },
    { name: "control", value: place.control },
    { name: "framerate", value: serializeFrameRate(framesPerSecond) },
    { name: "x-dimensions", value: serializeXDimensions({ width, height }) },
    { name: "framesize", value: serializeFrameSize(JPEG_PAYLOAD_TYPE, { width, height }) },
  ];
  return serializeSdp({
    ...BARE,
    origin,
    name: nameOf(movie),
    connection: { addressType, address: addressType === "IP4" ? "0.0.0.0" : "::" },
    attributes: session,
    media: [{
      ...BARE_VIDEO,
      port: place.port,
      bandwidths: bandwidthOf(movie),
      attributes: track,
    }],
  });
}

/** What all descriptions have in common: nothing. */
const BARE = {
  emails: [],
  phones: [],
  bandwidths: [],
  times: [{ start: "0", stop: "0", repeats: [] }],
} as const;

const BARE_VIDEO = {
  media: "video",
  protocol: "RTP/AVP",
  formats: [String(JPEG_PAYLOAD_TYPE)],
  connections: [],
  bandwidths: [],
} as const;

const JPEG_RTPMAP = {
  payloadType: JPEG_PAYLOAD_TYPE,
  encoding: "JPEG",
  clockRateHz: VIDEO_CLOCK_HZ,
} as const;

function nameOf({ name }: Movie): string {
  return name.replace(/[\0\r\n]/g, "?");
}

/** Who describes what: the version changes with the movie's content (RFC 8866 §5.2). */
function originOf(
  { etag }: Movie,
  address: string,
  versions: number = 2 ** 32,
): { origin: SdpOrigin; addressType: "IP4" | "IP6" } {
  const addressType = address.includes(":") ? "IP6" : "IP4";
  const version = String(hashOf(etag) % versions);
  const origin = {
    username: "-",
    sessionId: version,
    sessionVersion: version,
    addressType,
    address,
  } as const;
  return { origin, addressType };
}

/** The most that the movie takes, headers included, in kilobits a second (RFC 8866 §5.8). */
function bandwidthOf({ maxFrameLength, framesPerSecond }: Movie): SdpBandwidth[] {
  if (maxFrameLength === undefined) return [];
  const octets = maxFrameLength * HEADERS_SHARE * framesPerSecond;
  return [{ type: "AS", value: Math.ceil(octets * 8 / 1000) }];
}

/** The range in absolute time, where the movie has one (RFC 2326 §3.7, §C.1.5). */
function clockRange({ startUnixMs, frameCount, framesPerSecond }: Movie): SdpAttribute[] {
  if (startUnixMs === undefined || !Number.isFinite(frameCount)) return [];
  const endMs = Math.round(startUnixMs + frameCount / framesPerSecond * 1000);
  return [{ name: "range", value: serializeRange({ unit: "clock", startMs: startUnixMs, endMs }) }];
}

/** A number that changes with a text (FNV-1a), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
