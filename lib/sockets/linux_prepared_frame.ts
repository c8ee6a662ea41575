import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import type { LinuxLibc } from "./linux_libc.ts";

/** Packets that one system call can send as one datagram, for the kernel to cut. */
export interface SegmentRun {
  /** Index of the first packet. */
  readonly from: number;
  /** Index behind the last. */
  readonly to: number;
  /** Length of each packet, header included; the last may be shorter. */
  readonly segmentLength: number;
}

/** Where a frame's payloads are in memory; found out once, used for every listener. */
export interface PreparedFrame {
  /** Three words a payload: the low and the high half of its address, and its length. */
  readonly payloads: Uint32Array;
  /** The packets in runs for segmentation, in order. */
  readonly runs: readonly SegmentRun[];
}

/** Most segments in one message (`UDP_MAX_SEGMENTS` of the first kernels that cut). */
export const MAX_SEGMENTS = 64;

/** Most bytes in one message: what UDP over IPv4 carries. */
const MAX_MESSAGE_LENGTH = 65_507;

/**
 * Looks up where a frame's payloads are. They stay there for as long as the frame is referenced: the
 * memory of an `ArrayBuffer` does not move.
 */
export function prepareFrame(libc: LinuxLibc, frame: PacketizedFrame): PreparedFrame {
  const words = new Uint32Array(3 * frame.payloads.length);
  frame.payloads.forEach((payload, index) => {
    const address = libc.addressOf(payload);
    words[3 * index] = address % 2 ** 32;
    words[3 * index + 1] = Math.floor(address / 2 ** 32);
    words[3 * index + 2] = payload.length;
  });
  return { payloads: words, runs: segmentRuns(frame.payloads.map(({ length }) => length)) };
}

/**
 * Divides packets into runs that the kernel can cut: equal lengths, but the last of each may be shorter.
 *
 * @param lengths Of the payloads.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(segmentRuns([1388, 1388, 500, 1388]), [
 *   { from: 0, to: 3, segmentLength: 1400 },
 *   { from: 3, to: 4, segmentLength: 1400 },
 * ]);
 * ```
 */
export function segmentRuns(lengths: readonly number[]): SegmentRun[] {
  const runs: SegmentRun[] = [];
  for (let from = 0; from < lengths.length;) {
    const segmentLength = RTP_HEADER_LENGTH + (lengths[from] ?? 0);
    let octets = segmentLength;
    let last = segmentLength;
    let to = from + 1;
    for (; to < lengths.length && to - from < MAX_SEGMENTS && last === segmentLength; to++) {
      last = RTP_HEADER_LENGTH + (lengths[to] ?? 0);
      if (last > segmentLength || octets + last > MAX_MESSAGE_LENGTH) break;
      octets += last;
    }
    runs.push({ from, to, segmentLength });
    from = to;
  }
  return runs;
}
