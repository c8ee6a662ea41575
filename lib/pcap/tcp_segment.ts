import { internetChecksum } from "./internet_checksum.ts";
import { IP_PROTOCOLS, type IpRoute, pseudoHeader } from "./ip_packet.ts";

const HEADER_LENGTH = 20;
const WINDOW = 0xffff;
/** Maximum segment size 1460; window scale 7: 8 MiB may be under way; padding. */
const SYN_OPTIONS = Uint8Array.of(2, 4, 1460 >> 8, 1460 & 0xff, 3, 3, 7, 0);

/** Control bits (RFC 9293 §3.1). */
export const TCP_FLAGS = { fin: 0x01, syn: 0x02, push: 0x08, ack: 0x10 } as const;

/** What a TCP segment says. */
export interface TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  /** Of `TCP_FLAGS`, added up; a SYN gets options. */
  readonly flags: number;
  readonly payload: Uint8Array;
}

/** A TCP segment with its checksum (RFC 9293 §3.1). */
export function serializeTcpSegment(route: IpRoute, segment: TcpSegment): Uint8Array {
  const { sourcePort, destinationPort, sequence, acknowledgement, flags, payload } = segment;
  const options = (flags & TCP_FLAGS.syn) === 0 ? new Uint8Array() : SYN_OPTIONS;
  const headerLength = HEADER_LENGTH + options.length;
  const bytes = new Uint8Array(headerLength + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint32(4, sequence);
  view.setUint32(8, acknowledgement);
  view.setUint8(12, headerLength / 4 << 4);
  view.setUint8(13, flags);
  view.setUint16(14, WINDOW);
  bytes.set(options, HEADER_LENGTH);
  bytes.set(payload, headerLength);
  const pseudo = pseudoHeader(route, IP_PROTOCOLS.tcp, bytes.length);
  view.setUint16(16, internetChecksum([pseudo, bytes]));
  return bytes;
}
