import { joinBytes } from "../bytes/join_bytes.ts";
import { internetChecksum } from "./internet_checksum.ts";

const HEADER_LENGTH_4 = 20;
const HEADER_LENGTH_6 = 40;
const DO_NOT_FRAGMENT = 0x4000;
const TIME_TO_LIVE = 64;

/** Numbers of the transports (RFC 5237). */
export const IP_PROTOCOLS = { tcp: 6, udp: 17 } as const;

/** Where a packet goes; both addresses have the same length, 4 or 16 bytes. */
export interface IpRoute {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

/** An IP packet around a transport's segment: RFC 791 §3.1 or RFC 8200 §3, by the addresses. */
export function serializeIpPacket(
  { source, destination }: IpRoute,
  protocol: number,
  segment: Uint8Array,
): Uint8Array {
  if (source.length === 16) {
    const header = new Uint8Array(HEADER_LENGTH_6);
    const view = new DataView(header.buffer);
    view.setUint8(0, 6 << 4);
    view.setUint16(4, segment.length);
    view.setUint8(6, protocol);
    view.setUint8(7, TIME_TO_LIVE);
    header.set(source, 8);
    header.set(destination, 24);
    return joinBytes([header, segment]);
  }
  const header = new Uint8Array(HEADER_LENGTH_4);
  const view = new DataView(header.buffer);
  view.setUint8(0, 4 << 4 | HEADER_LENGTH_4 / 4);
  view.setUint16(2, HEADER_LENGTH_4 + segment.length);
  view.setUint16(6, DO_NOT_FRAGMENT);
  view.setUint8(8, TIME_TO_LIVE);
  view.setUint8(9, protocol);
  header.set(source, 12);
  header.set(destination, 16);
  view.setUint16(10, internetChecksum([header]));
  return joinBytes([header, segment]);
}

/** What a transport's checksum covers before its segment (RFC 9293 §3.1; RFC 8200 §8.1). */
export function pseudoHeader(
  { source, destination }: IpRoute,
  protocol: number,
  length: number,
): Uint8Array {
  const tail = new Uint8Array(source.length === 16 ? 8 : 4);
  const view = new DataView(tail.buffer);
  if (source.length === 16) view.setUint32(0, length);
  else view.setUint16(2, length);
  view.setUint8(source.length === 16 ? 7 : 1, protocol);
  return joinBytes([source, destination, tail]);
}
