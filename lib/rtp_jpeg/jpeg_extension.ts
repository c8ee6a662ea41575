import { ByteReader } from "../bytes/byte_reader.ts";
import { type FrameHeader, readFrameHeader } from "../jpeg/frame_header.ts";
import { MARKER, readMarker, readSegmentEnd, standsAlone, startsFrame } from "../jpeg/marker.ts";
import type { RtpExtension } from "../rtp/rtp_packet.ts";

/** The profile of the extension on a frame's first packet (ONVIF Streaming Specification, JPEG). */
export const FIRST_EXTENSION_PROFILE = 0xffd8;

/** The profile of the extension on a frame's other packets. */
export const FURTHER_EXTENSION_PROFILE = 0xffff;

/** The extension of ONVIF's replays: 12 bytes of time, behind which another extension may stand. */
const REPLAY_EXTENSION_PROFILE = 0xabac;
const REPLAY_EXTENSION_LENGTH = 12;

/** What the header extension of ONVIF adds to the frame that it stands on. */
export interface JpegExtension {
  /** The frame header, with the exact size: it goes before all that RFC 2435 says. */
  readonly frame: FrameHeader | undefined;
  /** The restart interval, which goes before that of the restart header. */
  readonly restartInterval: number | undefined;
  /** All other segments in their order, each from its marker to its end: views. */
  readonly segments: readonly Uint8Array[];
}

/**
 * The data of a packet's JPEG extension, be it alone or behind that of a replay (ONVIF Streaming
 * Specification, RTP header extension for replay); `undefined` where the packet has none.
 */
export function findJpegExtension(extension: RtpExtension | undefined): Uint8Array | undefined {
  if (extension === undefined) return undefined;
  const { profile, data } = extension;
  if (profile === FIRST_EXTENSION_PROFILE || profile === FURTHER_EXTENSION_PROFILE) return data;
  if (profile !== REPLAY_EXTENSION_PROFILE) return undefined;
  if (data.length < REPLAY_EXTENSION_LENGTH + 4) return undefined;
  const reader = new ByteReader("JPEG header extension", data.subarray(REPLAY_EXTENSION_LENGTH));
  const inner = reader.u16("profile");
  const length = reader.u16("length") * 4;
  return findJpegExtension({ profile: inner, data: reader.bytes("data", length) });
}

/**
 * Reads the data of the extension (or of several, joined): marker segments, padded with 0xFF.
 *
 * @throws WireError on what is no marker segment, on frames that are not supported, and on a scan.
 */
export function parseJpegExtension(data: Uint8Array): JpegExtension {
  const reader = new ByteReader("JPEG header extension", data);
  const segments: Uint8Array[] = [];
  let frame: FrameHeader | undefined;
  let restartInterval: number | undefined;
  while (data.subarray(reader.offset).some((byte) => byte !== 0xff)) {
    const marker = readMarker(reader);
    const start = reader.offset;
    if (marker === MARKER.sos) reader.fail("a scan in the extension is not supported", start - 1);
    if (startsFrame(marker)) {
      frame = readFrameHeader(reader, marker);
      if (frame.process === "progressive") reader.fail("a progressive frame", start - 1);
    } else if (!standsAlone(marker)) {
      const end = readSegmentEnd(reader, "segment");
      if (marker === MARKER.dri) restartInterval = reader.u16("restart interval");
      else segments.push(data.subarray(start - 2, end));
      reader.skip("segment", end - reader.offset);
    }
  }
  return { frame, restartInterval, segments };
}

/**
 * The extension as it stands behind the 12 bytes of the RTP header: profile, length in 32-bit words,
 * and the segments, padded with 0xFF.
 *
 * @param segments Marker segments, joined; at most 262,140 bytes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   serializeJpegExtension(Uint8Array.of(0xff, 0xdd, 0, 4, 0, 9)),
 *   Uint8Array.of(0xff, 0xd8, 0, 2, 0xff, 0xdd, 0, 4, 0, 9, 0xff, 0xff),
 * );
 * ```
 */
export function serializeJpegExtension(segments: Uint8Array): Uint8Array {
  const words = Math.ceil(segments.length / 4);
  const bytes = new Uint8Array(4 + words * 4).fill(0xff);
  bytes.set([FIRST_EXTENSION_PROFILE >> 8, FIRST_EXTENSION_PROFILE & 0xff, words >> 8, words]);
  bytes.set(segments, 4);
  return bytes;
}
