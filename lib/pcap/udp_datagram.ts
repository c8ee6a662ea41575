import { internetChecksum } from "./internet_checksum.ts";
import { IP_PROTOCOLS, type IpRoute, pseudoHeader } from "./ip_packet.ts";

const HEADER_LENGTH = 8;

/** A UDP datagram with its checksum (RFC 768). */
export function serializeUdpDatagram(
  route: IpRoute,
  sourcePort: number,
  destinationPort: number,
  payload: Uint8Array,
): Uint8Array {
  const datagram = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint16(4, datagram.length);
  datagram.set(payload, HEADER_LENGTH);
  const pseudo = pseudoHeader(route, IP_PROTOCOLS.udp, datagram.length);
  view.setUint16(6, internetChecksum([pseudo, datagram]) || 0xffff); // 0 would mean that there is none
  return datagram;
}
