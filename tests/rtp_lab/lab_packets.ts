import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import type { LabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";

const SOI = Uint8Array.of(0xff, 0xd8);
const EOI = Uint8Array.of(0xff, 0xd9);

/** Bytes that start and end as a JPEG does, with the number in them; no other `ff`. */
export function tinyJpeg(number: number, length = 8): Uint8Array {
  const inner = new Uint8Array(length - 4).map((_, i) => (number + i * 7) % 251);
  return joinBytes([SOI, inner, EOI]);
}

/** A lab packet as the text has it, but for the fields given. */
export function labPacket(sequence: number, payload: Uint8Array, marker = false): LabPacket {
  return {
    version: 2,
    marker,
    payloadType: 26,
    sequence: sequence & 0xffff,
    timestamp: 0x6b029598,
    ssrc: 0,
    payload,
  };
}

/** The bytes in `count` pieces, none of them empty. */
export function pieces(bytes: Uint8Array, count: number): Uint8Array[] {
  const step = Math.ceil(bytes.length / count);
  return Array.from(
    { length: Math.ceil(bytes.length / step) },
    (_, i) => bytes.subarray(i * step, i * step + step),
  );
}
