import { joinBytes } from "../bytes/join_bytes.ts";
import type { JpegImage } from "../jpeg/jpeg_image.ts";
import type { QuantiserTable } from "../jpeg/quantiser_table.ts";
import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import { canCarry } from "./can_carry.ts";
import { serializeFrameSegment } from "./frame_segment.ts";
import { serializeJpegExtension } from "./jpeg_extension.ts";
import { jpegType } from "./jpeg_type.ts";
import {
  MAX_HEADER_DIMENSION,
  type PayloadHeader,
  serializePayloadHeader,
} from "./payload_header.ts";
import { serializeQuantiserHeader } from "./quantiser_header.ts";
import { serializeRestartHeader, WHOLE_FRAME } from "./restart_header.ts";

/** Bytes of a packet, RTP header included, unless told otherwise: fits an Ethernet frame, also in a tunnel. */
export const DEFAULT_PACKET_SIZE = 1400;

/** A packet size that holds the headers and tables of any frame's first packet, and data. */
export const MIN_PACKET_SIZE = 192;

/** Most bytes in a UDP datagram over IPv4. */
export const MAX_PACKET_SIZE = 65_507;

/** Tables in each frame, of the frame's own (RFC 2435 §4.2). */
const OWN_TABLES_Q = 255;

/**
 * Cuts a JPEG into the payloads of RTP packets (RFC 2435), the way that every receiver shows:
 * the quantiser tables in each frame (Q 255), EOI left out, a restart header in each packet where there
 * is a restart interval. Sizes over 2040 go into the header extension of ONVIF, since the header says 0.
 *
 * All packets are full but the last, as segmentation offload wants it.
 *
 * @param image One for which `canCarry` has no reason against it.
 * @param packetSize Most bytes of a datagram: RTP header, extension and payload.
 * @returns Payloads of their own memory: the file's bytes may be reused.
 * @throws {RangeError} The image cannot be carried, or the packet size is under 192 or over 65,507.
 */
export function packetizeJpeg(
  image: JpegImage,
  packetSize: number = DEFAULT_PACKET_SIZE,
): PacketizedFrame {
  if (
    !Number.isInteger(packetSize) || packetSize < MIN_PACKET_SIZE || packetSize > MAX_PACKET_SIZE
  ) {
    throw new RangeError(
      `Cannot packetize JPEG: packet size is ${packetSize}, ${MIN_PACKET_SIZE} to ${MAX_PACKET_SIZE} is wanted`,
    );
  }
  const problem = canCarry(image);
  const entropy = image.scans[0]?.entropy;
  if (problem !== undefined || entropy === undefined) {
    throw new RangeError(problem ?? "Cannot packetize JPEG: it has no scan");
  }
  const extension = needsExtension(image)
    ? serializeJpegExtension(serializeFrameSegment(carriedFrame(image)))
    : new Uint8Array();
  const tables = serializeQuantiserHeader(carriedTables(image));
  const payloads = cut(entropy, packetSize - RTP_HEADER_LENGTH, image, extension, tables);
  return {
    payloads,
    octets: payloads.reduce((sum, { length }) => sum + length, -extension.length),
    markLast: true,
    sequenceStep: "each",
    ...(extension.length > 0 && { firstHasExtension: true }),
  };
}

function cut(
  entropy: Uint8Array,
  most: number,
  image: JpegImage,
  extension: Uint8Array,
  tables: Uint8Array,
): Uint8Array[] {
  const header = payloadHeader(image);
  const restart = restartHeader(image);
  const payloads: Uint8Array[] = [];
  for (let offset = 0; offset < entropy.length;) {
    const head = [serializePayloadHeader({ ...header, fragmentOffset: offset }), restart];
    if (offset === 0) {
      head.unshift(extension);
      head.push(tables);
    }
    const headLength = head.reduce((sum, { length }) => sum + length, 0);
    const end = offset + most - headLength;
    payloads.push(joinBytes([...head, entropy.subarray(offset, end)]));
    offset = end;
  }
  return payloads;
}

function payloadHeader(image: JpegImage): PayloadHeader {
  const said = !needsExtension(image);
  return {
    typeSpecific: 0,
    fragmentOffset: 0,
    type: (jpegType(image) ?? 0) + (restartInterval(image) > 0 ? 64 : 0),
    q: OWN_TABLES_Q,
    width: said ? roundedUp(image.width) : 0,
    height: said ? roundedUp(image.height) : 0,
  };
}

/** Each packet says: whole frames only, since intervals do not end where packets do (§3.1.7). */
function restartHeader(image: JpegImage): Uint8Array {
  const interval = restartInterval(image);
  if (interval === 0) return new Uint8Array();
  return serializeRestartHeader({ interval, first: true, last: true, count: WHOLE_FRAME });
}

function restartInterval({ scans }: JpegImage): number {
  return scans[0]?.restartInterval ?? 0;
}

function needsExtension({ width, height }: JpegImage): boolean {
  return Math.max(width, height) > MAX_HEADER_DIMENSION;
}

function roundedUp(pixels: number): number {
  return Math.ceil(pixels / 8) * 8;
}

/** Luma and chroma, as the frame header refers to them. */
function carriedTables({ components, quantisers }: JpegImage): QuantiserTable[] {
  return components.slice(0, 2).flatMap(({ quantiser }) => {
    const table = quantisers.get(quantiser);
    return table === undefined ? [] : [{ precision: 8, values: table.values }];
  });
}

/** The frame with the component ids and table numbers that receivers give it (RFC 2435 appendix B). */
function carriedFrame(image: JpegImage): JpegImage {
  const components = image.components.map((component, index) => ({
    ...component,
    id: index + 1,
    quantiser: Math.min(index, 1),
  }));
  return { ...image, process: "baseline", components };
}
