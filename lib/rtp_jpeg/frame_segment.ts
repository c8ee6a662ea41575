import type { FrameHeader } from "../jpeg/frame_header.ts";
import { MARKER } from "../jpeg/marker.ts";

/** The SOF segment of a sequential frame, from its marker on (T.81 §B.2.2). */
export function serializeFrameSegment(frame: FrameHeader): Uint8Array {
  const { process, precision, width, height, components } = frame;
  const length = 8 + 3 * components.length;
  return Uint8Array.of(
    ...[0xff, process === "extended" ? MARKER.sof1 : MARKER.sof0, length >> 8, length],
    ...[precision, height >> 8, height, width >> 8, width, components.length],
    ...components.flatMap((c) => [c.id, c.horizontal << 4 | c.vertical, c.quantiser]),
  );
}
