import { ByteReader } from "../bytes/byte_reader.ts";
import { readFrameHeader } from "./frame_header.ts";
import { MARKER, readMarker, readSegmentEnd, standsAlone, startsFrame } from "./marker.ts";

/**
 * Width and height of a JPEG in pixels, read from its frame header; what follows is not looked at.
 *
 * @throws WireError when there is no frame header before the first scan, or one that
 * `parseJpegImage` refuses as well.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { JpegEncoder } from "./jpeg_encoder.ts";
 *
 * const jpeg = new JpegEncoder(20, 10).encode(new Uint8Array(20 * 10 * 3));
 * assertEquals(readJpegDimensions(jpeg), { width: 20, height: 10 });
 * ```
 */
export function readJpegDimensions(bytes: Uint8Array): { width: number; height: number } {
  const reader = new ByteReader("JPEG", bytes);
  const start = readMarker(reader);
  if (start !== MARKER.soi) reader.fail("does not start with SOI (ff d8)", 0);
  for (;;) {
    const marker = readMarker(reader);
    if (startsFrame(marker)) {
      const { width, height } = readFrameHeader(reader, marker);
      return { width, height };
    }
    if (marker === MARKER.tem) continue;
    if (marker === MARKER.sos || standsAlone(marker)) {
      reader.fail("there is no frame header (SOF) before this", reader.offset - 2);
    }
    const end = readSegmentEnd(reader, "segment");
    reader.skip("segment", end - reader.offset);
  }
}
