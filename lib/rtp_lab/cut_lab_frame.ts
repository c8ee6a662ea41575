import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import type { LabRtpStyle } from "./lab_timestamp.ts";

/** Most JPEG bytes in one datagram: 65,507 (the most that UDP over IPv4 carries) less the RTP header. */
export const MAX_LAB_PAYLOAD = 65_495;

/**
 * Length of a piece of a frame that has to be cut: with the RTP header it fits the 20,480 bytes that
 * the exercise's clients read at once; they lose the rest of a longer datagram.
 */
export const LAB_PIECE_LENGTH = 20_468;

/** How `cutLabFrame` packs a frame. */
export interface CutLabFrameOptions {
  readonly style: LabRtpStyle;
  /** Whether a frame over `MAX_LAB_PAYLOAD` is cut; otherwise it cannot be sent at all. */
  readonly cut: boolean;
}

/**
 * Packs one whole JPEG as the lab does: as it is in one datagram or, over `MAX_LAB_PAYLOAD`, in pieces
 * without any header of their own that share one sequence number, with the marker on the last (way B).
 * No cut makes an inner piece look like the start (`ff d8`) or the end (`ff d9`) of a frame.
 *
 * @returns Its payloads are views of `jpeg`; `undefined` when the frame is too long and `cut` is off.
 */
export function cutLabFrame(
  jpeg: Uint8Array,
  options: CutLabFrameOptions,
): PacketizedFrame | undefined {
  const octets = jpeg.length;
  if (octets <= MAX_LAB_PAYLOAD) {
    const markLast = options.style === "modern";
    return { payloads: [jpeg], octets, markLast, sequenceStep: "each" };
  }
  if (!options.cut) return undefined;
  const payloads: Uint8Array[] = [];
  for (let from = 0; from < octets;) {
    const to = cutBefore(jpeg, from + LAB_PIECE_LENGTH);
    payloads.push(jpeg.subarray(from, to));
    from = to;
  }
  return { payloads, octets, markLast: true, sequenceStep: "shared" };
}

/** The last place up to `offset` where a cut is no false start or end. */
function cutBefore(jpeg: Uint8Array, offset: number): number {
  if (offset >= jpeg.length) return jpeg.length;
  const isMarker = (at: number, code: number) => jpeg[at] === 0xff && jpeg[at + 1] === code;
  let cut = offset;
  while (isMarker(cut, 0xd8) || isMarker(cut - 2, 0xd9)) cut--;
  return cut;
}
