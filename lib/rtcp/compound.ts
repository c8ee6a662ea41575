import { ByteReader } from "../bytes/byte_reader.ts";
import { joinBytes } from "../bytes/join_bytes.ts";
import { WireError } from "../bytes/wire_error.ts";
import { type App, readApp, serializeApp } from "./app.ts";
import { type Goodbye, readGoodbye, serializeGoodbye } from "./goodbye.ts";
import {
  readReceiverReport,
  type ReceiverReport,
  serializeReceiverReport,
} from "./receiver_report.ts";
import { RTCP_APP, RTCP_BYE, RTCP_RR, RTCP_SDES, RTCP_SR } from "./rtcp_header.ts";
import { readSenderReport, type SenderReport, serializeSenderReport } from "./sender_report.ts";
import {
  readSourceDescription,
  SDES_CNAME,
  serializeSourceDescription,
  type SourceDescription,
} from "./source_description.ts";
import { readUnknownRtcp, serializeUnknownRtcp, type UnknownRtcp } from "./unknown_rtcp.ts";

/** Any packet of RTCP; `kind` tells which. */
export type RtcpPacket =
  | SenderReport
  | ReceiverReport
  | SourceDescription
  | Goodbye
  | App
  | UnknownRtcp;

/**
 * Why a datagram was dropped, for counters: its headers or lengths do not add up (`length`, as with a
 * cut or foreign datagram), a `version` other than 2, a `first` packet that is no report, `padding` that
 * is wrong or not in the last packet, or a `body` that is shorter than its count says.
 */
export type RtcpDropReason = "length" | "version" | "first" | "padding" | "body";

/** What a datagram held. */
export type CompoundResult =
  | { readonly kind: "packets"; readonly packets: readonly RtcpPacket[] }
  | {
    readonly kind: "dropped";
    readonly reason: RtcpDropReason;
    /** One sentence on what was found where. */
    readonly message: string;
  };

interface RawPacket {
  readonly packetType: number;
  readonly count: number;
  readonly body: Uint8Array;
}

/**
 * Reads one RTCP datagram, with the checks of RFC 3550 §6.1 and A.2. Either all of it is good or none is
 * used. A missing CNAME is let pass: nothing here needs it of a peer.
 *
 * @returns Texts and raw bodies are views of `bytes`. Never throws: a bad datagram is an everyday thing.
 */
export function parseCompound(bytes: Uint8Array): CompoundResult {
  let reason: RtcpDropReason = "length";
  const expect = (next: RtcpDropReason) => {
    reason = next;
  };
  try {
    const raw = splitCompound(bytes, expect);
    expect("body");
    return { kind: "packets", packets: raw.map(readPacket) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { kind: "dropped", reason, message: error.message };
  }
}

/** @param expect Told before each check what it is about. */
function splitCompound(bytes: Uint8Array, expect: (reason: RtcpDropReason) => void): RawPacket[] {
  const reader = new ByteReader("RTCP datagram", bytes);
  const packets: RawPacket[] = [];
  do {
    const start = reader.offset;
    expect("length");
    const first = reader.u8("version");
    const packetType = reader.u8("packet type");
    const length = reader.u16("length") * 4;
    expect("version");
    if (first >> 6 !== 2) reader.fail(`version ${first >> 6} is not 2`, start);
    expect("first");
    if (start === 0 && packetType !== RTCP_SR && packetType !== RTCP_RR) {
      reader.fail(`the first packet has the type ${packetType}, not 200 (SR) or 201 (RR)`, start);
    }
    expect("length");
    const whole = reader.bytes("body", length);
    expect("padding");
    const padding = (first & 0x20) === 0 ? 0 : paddingLength(reader, whole, start);
    const body = whole.subarray(0, length - padding);
    packets.push({ packetType, count: first & 0x1f, body });
  } while (reader.left > 0);
  return packets;
}

function paddingLength(reader: ByteReader, body: Uint8Array, start: number): number {
  if (reader.left > 0) reader.fail("padding in a packet that is not the last", start);
  const length = body.at(-1) ?? 0;
  if (length === 0 || length % 4 !== 0 || length > body.length) {
    const wanted = `a multiple of 4 up to ${body.length}`;
    reader.fail(`padding of ${length} bytes is announced, not ${wanted}`, start);
  }
  return length;
}

function readPacket({ packetType, count, body }: RawPacket): RtcpPacket {
  switch (packetType) {
    case RTCP_SR:
      return readSenderReport(new ByteReader("RTCP sender report", body), count);
    case RTCP_RR:
      return readReceiverReport(new ByteReader("RTCP receiver report", body), count);
    case RTCP_SDES:
      return readSourceDescription(new ByteReader("RTCP source description", body), count);
    case RTCP_BYE:
      return readGoodbye(new ByteReader("RTCP goodbye", body), count);
    case RTCP_APP:
      return readApp(new ByteReader("RTCP APP packet", body), count);
    default:
      return readUnknownRtcp(new ByteReader("RTCP packet", body), count, packetType);
  }
}

/**
 * The datagram of a compound packet (RFC 3550 §6.1).
 *
 * @throws {RangeError} The first is no report, or no packet holds a CNAME: we would break the rules.
 */
export function serializeCompound(packets: readonly RtcpPacket[]): Uint8Array {
  const first = packets[0]?.kind;
  if (first !== "sender report" && first !== "receiver report") {
    throw new RangeError(`Cannot serialize RTCP compound: it starts with ${first}, not a report`);
  }
  const hasCname = packets.some((packet) =>
    packet.kind === "source description" &&
    packet.chunks.some(({ items }) => items.some(({ type }) => type === SDES_CNAME))
  );
  if (!hasCname) throw new RangeError("Cannot serialize RTCP compound: it holds no CNAME");
  return joinBytes(packets.map(serializeRtcpPacket));
}

/** One packet, header and all; a datagram is more than one (`serializeCompound`). */
export function serializeRtcpPacket(packet: RtcpPacket): Uint8Array {
  switch (packet.kind) {
    case "sender report":
      return serializeSenderReport(packet);
    case "receiver report":
      return serializeReceiverReport(packet);
    case "source description":
      return serializeSourceDescription(packet);
    case "goodbye":
      return serializeGoodbye(packet);
    case "app":
      return serializeApp(packet);
    case "unknown":
      return serializeUnknownRtcp(packet);
    default:
      return packet satisfies never;
  }
}
