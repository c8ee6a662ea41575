import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { LabFrameAssembler, type LabReception } from "../../lib/rtp_lab/lab_frame_assembler.ts";
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

/** Nothing received. */
export const ZERO: LabReception = {
  received: 0,
  lost: 0,
  duplicate: 0,
  late: 0,
  reordered: 0,
  frames: 0,
  broken: 0,
  empty: 0,
  restarts: 0,
};

/** Pushes all at once, then ends the stream. */
export function play(
  packets: readonly LabPacket[],
): { jpegs: Uint8Array[]; reception: LabReception } {
  const assembler = new LabFrameAssembler();
  const frames = packets.flatMap((packet) => assembler.push(packet, 0));
  frames.push(...assembler.restart());
  return { jpegs: frames.map(({ jpeg }) => jpeg), reception: assembler.reception };
}

/** Frame `n` in `count` pieces with a number each. */
export function wayA(n: number, first: number, count = 3): LabPacket[] {
  const parts = pieces(tinyJpeg(n, 30), count);
  return parts.map((part, i) => labPacket(first + i, part, i === parts.length - 1));
}

/** Frame `n` in `count` pieces that share one number. */
export function wayB(n: number, sequence: number, count = 3): LabPacket[] {
  const parts = pieces(tinyJpeg(n, 30), count);
  return parts.map((part, i) => labPacket(sequence, part, i === parts.length - 1));
}

/** Frame `n` in one packet. */
export function whole(n: number, sequence: number = n): LabPacket {
  return labPacket(sequence, tinyJpeg(n));
}
