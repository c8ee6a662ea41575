import { joinBytes } from "../bytes/join_bytes.ts";
import type { CapturedBytes, CapturedEnd } from "./captured_bytes.ts";
import { ipAddressBytes } from "./ip_address_bytes.ts";
import { IP_PROTOCOLS, type IpRoute, serializeIpPacket } from "./ip_packet.ts";
import { type PcapngOption, serializePcapngBlock } from "./pcapng_block.ts";
import { type SentSegment, TcpConversation } from "./tcp_conversation.ts";
import { serializeUdpDatagram } from "./udp_datagram.ts";

const SECTION_HEADER = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
/** Packets begin with their IP header. */
const LINKTYPE_RAW = 101;
const USER_APPLICATION = 4;
const INTERFACE_NAME = 2;
const PACKET_FLAGS = 2;
const DIRECTIONS = { in: 1, out: 2 } as const;

const ENCODER = new TextEncoder();

/** How a capture says who made it. */
export interface PcapngWriterOptions {
  /** Product and version: `Zoetrope/0.1.0`. */
  readonly product: string;
}

/**
 * Writes what a program sent and received as a pcapng file, which Wireshark opens: the headers below the
 * program's own bytes are made up, with right checksums and sequence numbers, since only the system
 * knows the real ones.
 *
 * Each call gives the bytes to append. Memory: a few numbers for each TCP connection that is open.
 */
export class PcapngWriter {
  readonly #product: string;
  readonly #conversations = new Map<string, TcpConversation>();

  constructor({ product }: PcapngWriterOptions) {
    this.#product = product;
  }

  /** The head of the file, to be written first. */
  start(): Uint8Array {
    const section = new DataView(new ArrayBuffer(16));
    section.setUint32(0, BYTE_ORDER_MAGIC, true);
    section.setUint16(4, 1, true); // version 1.0
    section.setBigInt64(8, -1n, true); // how long the section is, is not known
    const description = new DataView(new ArrayBuffer(8));
    description.setUint16(0, LINKTYPE_RAW, true); // times are in microseconds, lengths without limit
    return joinBytes([
      block(SECTION_HEADER, section, [[USER_APPLICATION, ENCODER.encode(this.#product)]]),
      block(INTERFACE_DESCRIPTION, description, [[INTERFACE_NAME, ENCODER.encode("zoetrope")]]),
    ]);
  }

  /**
   * Bytes that went over the wire.
   *
   * @throws {RangeError} An address is none, or the two are of different kinds; a datagram is too long.
   */
  packet(captured: CapturedBytes): Uint8Array {
    const { transport, direction, bytes, unixMs, local, remote } = captured;
    const out = routeBetween(local, remote);
    if (transport === "tcp") {
      const known = this.#conversations.get(keyOf(local, remote));
      const conversation = known ?? new TcpConversation(out, local.port, remote.port);
      this.#conversations.set(keyOf(local, remote), conversation);
      const opening = known === undefined ? conversation.open() : [];
      return tcpPackets(unixMs, [...opening, ...conversation.data(direction, bytes)]);
    }
    const route = direction === "out" ? out : { source: out.destination, destination: out.source };
    const [from, to] = direction === "out" ? [local, remote] : [remote, local];
    if (bytes.length > 65_507) {
      throw new RangeError(`Cannot capture a datagram of ${bytes.length} bytes`);
    }
    const datagram = serializeUdpDatagram(route, from.port, to.port, bytes);
    return packetBlock(unixMs, direction, serializeIpPacket(route, IP_PROTOCOLS.udp, datagram));
  }

  /** A TCP connection has ended; nothing where none was captured. */
  closed(local: CapturedEnd, remote: CapturedEnd, unixMs: number): Uint8Array {
    const conversation = this.#conversations.get(keyOf(local, remote));
    this.#conversations.delete(keyOf(local, remote));
    return conversation === undefined ? new Uint8Array() : tcpPackets(unixMs, conversation.close());
  }
}

function keyOf(local: CapturedEnd, remote: CapturedEnd): string {
  return `${local.address} ${local.port} ${remote.address} ${remote.port}`;
}

function routeBetween(local: CapturedEnd, remote: CapturedEnd): IpRoute {
  const source = ipAddressBytes(local.address);
  const destination = ipAddressBytes(remote.address);
  if (source.length !== destination.length) {
    throw new RangeError(`Cannot capture: ${local.address} cannot reach ${remote.address}`);
  }
  return { source, destination };
}

function tcpPackets(unixMs: number, segments: readonly SentSegment[]): Uint8Array {
  return joinBytes(
    segments.map(({ direction, route, bytes }) =>
      packetBlock(unixMs, direction, serializeIpPacket(route, IP_PROTOCOLS.tcp, bytes))
    ),
  );
}

function packetBlock(unixMs: number, direction: "in" | "out", packet: Uint8Array): Uint8Array {
  const microseconds = Math.round(unixMs * 1000);
  const body = new Uint8Array(20 + packet.length);
  const view = new DataView(body.buffer);
  view.setUint32(4, Math.floor(microseconds / 2 ** 32), true); // interface 0
  view.setUint32(8, microseconds >>> 0, true);
  view.setUint32(12, packet.length, true);
  view.setUint32(16, packet.length, true);
  body.set(packet, 20);
  return serializePcapngBlock(ENHANCED_PACKET, body, [
    [PACKET_FLAGS, Uint8Array.of(DIRECTIONS[direction], 0, 0, 0)],
  ]);
}

function block(type: number, body: DataView, options: readonly PcapngOption[]): Uint8Array {
  return serializePcapngBlock(type, new Uint8Array(body.buffer), options);
}
