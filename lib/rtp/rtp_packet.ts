import { ByteReader } from "../bytes/byte_reader.ts";
import { RTP_HEADER_LENGTH, type RtpHeader, writeRtpHeader } from "./rtp_header.ts";

/** What a profile put between header and payload (RFC 3550 §5.3.1). */
export interface RtpExtension {
  /** The first 16 bits: what they mean is the profile's matter. */
  readonly profile: number;
  /** A multiple of 4 bytes, at most 262,140. */
  readonly data: Uint8Array;
}

/** One RTP data packet (RFC 3550 §5.1); version and padding stay on the wire. */
export interface RtpPacket extends RtpHeader {
  /** At most 15 contributing sources; empty unless a mixer made the packet. */
  readonly csrcs: readonly number[];
  readonly extension?: RtpExtension;
  /** Without padding; a view of the datagram: who keeps it past the call copies it. */
  readonly payload: Uint8Array;
}

/**
 * Reads one datagram (RFC 3550 §5.1, with the checks of A.1 that need no memory).
 *
 * @returns Its payload and extension are views of `bytes`.
 * @throws {WireError} The version is not 2, or CSRCs, extension or padding do not fit.
 */
export function parseRtpPacket(bytes: Uint8Array): RtpPacket {
  const reader = new ByteReader("RTP packet", bytes);
  const first = reader.u8("version");
  if (first >> 6 !== 2) reader.fail(`version ${first >> 6} is not 2`, 0);
  const second = reader.u8("payload type");
  const sequence = reader.u16("sequence number");
  const timestamp = reader.u32("timestamp");
  const ssrc = reader.u32("SSRC");
  const csrcs: number[] = [];
  for (let i = 0; i < (first & 0x0f); i++) csrcs.push(reader.u32(`CSRC ${i}`));
  const extension = (first & 0x10) === 0 ? undefined : readExtension(reader);
  const padding = (first & 0x20) === 0 ? 0 : paddingLength(reader, bytes);
  const payload = reader.bytes("payload", reader.left - padding);
  return {
    marker: second >> 7 === 1,
    payloadType: second & 0x7f,
    sequence,
    timestamp,
    ssrc,
    csrcs,
    ...(extension && { extension }),
    payload,
  };
}

function readExtension(reader: ByteReader): RtpExtension {
  const profile = reader.u16("extension profile");
  const words = reader.u16("extension length");
  return { profile, data: reader.bytes("extension", words * 4) };
}

function paddingLength(reader: ByteReader, bytes: Uint8Array): number {
  const last = bytes.length - 1;
  if (reader.left === 0) reader.fail("padding is announced, but nothing is left");
  const length = bytes[last] as number;
  if (length === 0) reader.fail("padding of 0 bytes is announced", last);
  if (length > reader.left) {
    reader.fail(`padding of ${length} bytes is announced, ${reader.left} are left`, last);
  }
  return length;
}

/**
 * The datagram of a packet, without padding.
 *
 * @throws {RangeError} More than 15 CSRCs, or an extension whose length is no multiple of 4 or too big.
 */
export function serializeRtpPacket(packet: RtpPacket): Uint8Array {
  const { csrcs, extension, payload } = packet;
  if (csrcs.length > 15) {
    throw new RangeError(`Cannot serialize RTP packet: ${csrcs.length} CSRCs, at most 15 fit`);
  }
  const extensionLength = extension === undefined ? 0 : 4 + checkedLength(extension.data);
  const payloadOffset = RTP_HEADER_LENGTH + csrcs.length * 4 + extensionLength;
  const bytes = new Uint8Array(payloadOffset + payload.length);
  writeRtpHeader(bytes, 0, packet);
  bytes[0] = 0x80 | (extension === undefined ? 0 : 0x10) | csrcs.length;
  const view = new DataView(bytes.buffer);
  csrcs.forEach((csrc, i) => view.setUint32(RTP_HEADER_LENGTH + i * 4, csrc));
  if (extension !== undefined) {
    const offset = payloadOffset - extensionLength;
    view.setUint16(offset, extension.profile);
    view.setUint16(offset + 2, extension.data.length / 4);
    bytes.set(extension.data, offset + 4);
  }
  bytes.set(payload, payloadOffset);
  return bytes;
}

function checkedLength({ length }: Uint8Array): number {
  if (length % 4 !== 0 || length > 0xffff * 4) {
    throw new RangeError(
      `Cannot serialize RTP packet: extension of ${length} bytes, a multiple of 4 up to 262140 fits`,
    );
  }
  return length;
}
