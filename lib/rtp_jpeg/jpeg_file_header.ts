import { joinBytes } from "../bytes/join_bytes.ts";
import { CHROMA_AC_TABLE, CHROMA_DC_TABLE, LUMA_AC_TABLE, LUMA_DC_TABLE } from "../jpeg/annex_k.ts";
import type { FrameHeader } from "../jpeg/frame_header.ts";
import type { HuffmanTable } from "../jpeg/huffman_table.ts";
import { MARKER } from "../jpeg/marker.ts";
import type { QuantiserTable } from "../jpeg/quantiser_table.ts";
import { serializeFrameSegment } from "./frame_segment.ts";

const SOI = Uint8Array.of(0xff, MARKER.soi);

/** JFIF 1.02, square pixels, no thumbnail. */
const JFIF = segment(MARKER.app0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);

const HUFFMAN_TABLES = segment(MARKER.dht, [
  ...huffmanTable(0x00, LUMA_DC_TABLE),
  ...huffmanTable(0x10, LUMA_AC_TABLE),
  ...huffmanTable(0x01, CHROMA_DC_TABLE),
  ...huffmanTable(0x11, CHROMA_AC_TABLE),
]);

/** What the header of a file says that was carried by RTP. */
export interface JpegFileHeader {
  readonly frame: FrameHeader;
  /** In the order of their slots. */
  readonly tables: readonly QuantiserTable[];
  /** MCUs between restart markers, 0 for none. */
  readonly restartInterval: number;
  /** Further segments, which go before ours of the same kind; usually none. */
  readonly segments: readonly Uint8Array[];
}

/**
 * All of a JPEG file that stands before the scan data (RFC 2435 appendix B): SOI, APP0 (JFIF), DQT, SOF,
 * DHT (annex K), DRI where there is an interval, SOS.
 *
 * Tables are written with 16 bits where a value needs them, and the frame is SOF1 then, since baseline
 * has 8-bit tables only (T.81 §B.2.4.1).
 */
export function serializeJpegFileHeader(header: JpegFileHeader): Uint8Array {
  const { frame, tables, restartInterval, segments } = header;
  const wide = tables.some(isWide);
  const applications = segments.filter((bytes) => (bytes[1] as number) >= MARKER.app0);
  const others = segments.filter((bytes) => (bytes[1] as number) < MARKER.app0);
  return joinBytes([
    SOI,
    ...applications.length === 0 ? [JFIF] : applications,
    ...tables.map((table, slot) => quantiserSegment(table, slot)),
    serializeFrameSegment(wide ? { ...frame, process: "extended" } : frame),
    HUFFMAN_TABLES,
    ...others,
    ...restartInterval === 0
      ? []
      : [segment(MARKER.dri, [restartInterval >> 8, restartInterval & 0xff])],
    scanSegment(frame),
  ]);
}

function quantiserSegment(table: QuantiserTable, slot: number): Uint8Array {
  if (!isWide(table)) {
    const bytes = new Uint8Array(69);
    bytes.set([0xff, MARKER.dqt, 0, 67, slot]);
    bytes.set(table.values, 5);
    return bytes;
  }
  const values = Array.from(table.values).flatMap((value) => [value >> 8, value & 0xff]);
  return segment(MARKER.dqt, [0x10 | slot, ...values]);
}

function isWide({ precision, values }: QuantiserTable): boolean {
  return precision === 16 && values.some((value) => value > 255);
}

function scanSegment({ components }: FrameHeader): Uint8Array {
  const selectors = components.flatMap(({ id }, index) => [id, index === 0 ? 0x00 : 0x11]);
  return segment(MARKER.sos, [components.length, ...selectors, 0, 63, 0]);
}

function huffmanTable(classAndSlot: number, { counts, symbols }: HuffmanTable): number[] {
  return [classAndSlot, ...counts, ...symbols];
}

function segment(marker: number, body: readonly number[]): Uint8Array {
  const length = body.length + 2;
  return Uint8Array.of(0xff, marker, length >> 8, length, ...body);
}
