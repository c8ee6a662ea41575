import type { FrameHeader } from "../jpeg/frame_header.ts";
import type { PayloadHeader } from "./payload_header.ts";

/** A size in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The frame header of a file that came by RTP, and what contradicted it. */
export interface ReceivedFrameHeader {
  readonly frame: FrameHeader;
  /** The announced size, where it was not used since it has other MCUs than the header's. */
  readonly contradictedSize?: PixelSize;
}

/**
 * The frame header that the main header stands for (RFC 2435 §4.1 and appendix B), with the true size
 * where that is known: the header's is rounded up to multiples of 8, and 0 over 2040.
 *
 * @param header Of a supported type.
 * @param tableCount With one quantiser table only, it serves chroma as well.
 * @param announced The exact size by SDP. Not used where it has another number of MCUs than the
 * header's: sizes may change within a stream, and SDP may be wrong.
 * @returns Undefined where the header says 0 and nothing was announced.
 */
export function receivedFrameHeader(
  header: PayloadHeader,
  tableCount: number,
  announced: PixelSize | undefined,
): ReceivedFrameHeader | undefined {
  const said = header.width > 0 && header.height > 0 ? header : undefined;
  const vertical = (header.type & 1) + 1;
  const contradicted = said !== undefined && announced !== undefined &&
    !hasSameMcus(said, announced, vertical);
  const size = contradicted ? said : announced ?? said;
  if (size === undefined) return undefined;
  const chroma = { horizontal: 1, vertical: 1, quantiser: tableCount > 1 ? 1 : 0 };
  const { width, height } = size;
  const frame: FrameHeader = {
    ...{ process: "baseline", precision: 8, width, height },
    components: [
      { id: 1, horizontal: 2, vertical, quantiser: 0 },
      { id: 2, ...chroma },
      { id: 3, ...chroma },
    ],
  };
  return contradicted ? { frame, contradictedSize: announced } : { frame };
}

function hasSameMcus(a: PixelSize, b: PixelSize, vertical: number): boolean {
  const down = 8 * vertical;
  return Math.ceil(a.width / 16) === Math.ceil(b.width / 16) &&
    Math.ceil(a.height / down) === Math.ceil(b.height / down);
}
