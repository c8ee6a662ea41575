import { ByteReader } from "../bytes/byte_reader.ts";
import { CHROMA_AC_TABLE, CHROMA_DC_TABLE, LUMA_AC_TABLE, LUMA_DC_TABLE } from "./annex_k.ts";
import { findEntropyEnd } from "./entropy_end.ts";
import { type FrameHeader, readFrameHeader } from "./frame_header.ts";
import type { HuffmanTable } from "./huffman_table.ts";
import { isRgb } from "./is_rgb.ts";
import {
  endSegment,
  MARKER,
  readMarker,
  readSegmentEnd,
  standsAlone,
  startsFrame,
} from "./marker.ts";
import { type QuantiserTable, readQuantiserTables } from "./quantiser_table.ts";
import { readHuffmanTables } from "./read_huffman_tables.ts";
import { type JpegScan, readScanHeader, type ScanHeader } from "./scan_header.ts";

export type { JpegComponent } from "./frame_header.ts";
export type { HuffmanTable } from "./huffman_table.ts";
export type { QuantiserTable } from "./quantiser_table.ts";
export type { JpegScan } from "./scan_header.ts";

/**
 * Most scans of an image. Some ten are usual; each can be a few bytes and still cost the work of a whole
 * picture, so that a small file would keep a decoder busy for hours.
 */
const MAX_SCANS = 50;

/** A JPEG taken apart (T.81 §B.2); entropy-coded data is not decoded. */
export interface JpegImage extends FrameHeader {
  /** By slot, 0 to 3; holds every slot that a component names. */
  readonly quantisers: ReadonlyMap<number, QuantiserTable>;
  /** At least one. */
  readonly scans: readonly JpegScan[];
  /** Whether the components are R, G, B and not Y, Cb, Cr (Adobe transform 0, or ids `R` `G` `B`). */
  readonly rgb?: boolean;
  /** Whether EOI stands at the end; without it the last scan may be short. */
  readonly endsWithEoi: boolean;
  /** Bytes up to and with EOI; all of them where there is none. */
  readonly length: number;
}

/**
 * Takes a JPEG apart: markers, tables and scans (T.81 Annex B).
 *
 * Tables that no DHT defines are those of Annex K, as in AVI files (MJPG). A last scan that is cut off
 * is accepted, since movies end that way sometimes: its entropy is what there is, and `endsWithEoi` is
 * false. What stands behind EOI is not looked at.
 *
 * @param bytes Kept: scans and tables are views of them.
 * @throws WireError with the place on everything that breaks T.81, and by name on processes that are
 * not supported: lossless, hierarchical, arithmetic, 12-bit, 2 or 4 components, DNL, over 2^26 samples
 * or 50 scans.
 */
export function parseJpegImage(bytes: Uint8Array): JpegImage {
  return new ImageParser(bytes).parse();
}

const IMPLIED_DC = new Map([[0, LUMA_DC_TABLE], [1, CHROMA_DC_TABLE]]);
const IMPLIED_AC = new Map([[0, LUMA_AC_TABLE], [1, CHROMA_AC_TABLE]]);

class ImageParser {
  readonly #bytes: Uint8Array;
  readonly #reader: ByteReader;
  readonly #quantisers = new Map<number, QuantiserTable>();
  readonly #scans: JpegScan[] = [];
  readonly #scanned = new Set<number>(); // components
  #dc: ReadonlyMap<number, HuffmanTable> = IMPLIED_DC;
  #ac: ReadonlyMap<number, HuffmanTable> = IMPLIED_AC;
  #restartInterval = 0;
  #frame: FrameHeader | undefined;
  #jfif = false;
  #adobeTransform: number | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#reader = new ByteReader("JPEG", bytes);
  }

  parse(): JpegImage {
    const reader = this.#reader;
    if (readMarker(reader) !== MARKER.soi) reader.fail("does not start with SOI (ff d8)", 0);
    for (;;) {
      // A lone 0xFF is half of a marker that was cut off.
      if (this.#scans.length > 0 && reader.left < 2) return this.#image(false);
      const marker = readMarker(reader);
      if (marker === MARKER.eoi) return this.#image(true);
      this.#segment(marker);
    }
  }

  #segment(marker: number): void {
    const reader = this.#reader;
    if (startsFrame(marker)) {
      if (this.#frame !== undefined) reader.fail("a second frame header", reader.offset - 2);
      this.#frame = readFrameHeader(reader, marker);
      return;
    }
    switch (marker) {
      case MARKER.dqt:
        return readQuantiserTables(reader, (slot, table) => this.#defineQuantiser(slot, table));
      case MARKER.dht:
        return readHuffmanTables(reader, (kind, slot, table) => {
          // Copied: scans that were read keep the tables in force for them.
          if (kind === "dc") this.#dc = new Map(this.#dc).set(slot, table);
          else this.#ac = new Map(this.#ac).set(slot, table);
        });
      case MARKER.dri:
        return this.#readRestartInterval();
      case MARKER.sos:
        return this.#readScan();
      case MARKER.dac:
        return reader.fail("arithmetic JPEG (DAC) is not supported", reader.offset - 2);
      case MARKER.dhp:
      case MARKER.exp:
        return reader.fail("hierarchical JPEG is not supported", reader.offset - 2);
      case MARKER.dnl:
        return reader.fail("a height given by DNL is not supported", reader.offset - 2);
      case MARKER.tem:
        return;
    }
    if (standsAlone(marker)) {
      const code = marker.toString(16).toUpperCase();
      reader.fail(`marker 0xFF${code} has no place here`, reader.offset - 2);
    }
    this.#skipSegment(marker);
  }

  #skipSegment(marker: number): void {
    const reader = this.#reader;
    const end = readSegmentEnd(reader, "segment");
    const body = reader.bytes("segment", end - reader.offset);
    if (marker === MARKER.app0 && startsWith(body, "JFIF\0")) this.#jfif = true;
    if (marker === MARKER.app14 && startsWith(body, "Adobe")) this.#adobeTransform = body[11];
  }

  #readRestartInterval(): void {
    const end = readSegmentEnd(this.#reader, "DRI");
    this.#restartInterval = this.#reader.u16("restart interval");
    endSegment(this.#reader, "DRI", end);
  }

  #defineQuantiser(slot: number, table: QuantiserTable): void {
    const before = this.#quantisers.get(slot);
    const used = this.#frame?.components.some((c, index) =>
      c.quantiser === slot && this.#scanned.has(index)
    );
    if (used && before?.values.some((value, i) => value !== table.values[i])) {
      this.#reader.fail(`quantiser table ${slot} changes between scans`);
    }
    this.#quantisers.set(slot, table);
  }

  #readScan(): void {
    const reader = this.#reader;
    const at = reader.offset - 2;
    const frame = this.#frame;
    if (frame === undefined) return reader.fail("a scan stands before the frame header", at);
    const header = readScanHeader(reader, frame);
    if (this.#scans.length === MAX_SCANS) reader.fail(`more than ${MAX_SCANS} scans`, at);
    const twice = header.components.find(({ component }) => this.#scanned.has(component));
    if (frame.process !== "progressive" && twice !== undefined) {
      reader.fail(`component ${twice.component} is in two scans`, at);
    }
    this.#checkTables(frame, header, at);
    const start = reader.offset;
    const entropy = reader.bytes("scan", findEntropyEnd(this.#bytes, start) - start);
    for (const { component } of header.components) this.#scanned.add(component);
    this.#scans.push({
      ...header,
      restartInterval: this.#restartInterval,
      dcTables: this.#dc,
      acTables: this.#ac,
      entropy,
    });
  }

  #checkTables(frame: FrameHeader, header: ScanHeader, at: number): void {
    const { spectralStart, spectralEnd, approximationHigh } = header;
    for (const { component, dc, ac } of header.components) {
      const quantiser = frame.components[component]?.quantiser ?? 0;
      const missing = !this.#quantisers.has(quantiser)
        ? `quantiser table ${quantiser}`
        : spectralStart === 0 && approximationHigh === 0 && !this.#dc.has(dc)
        ? `DC Huffman table ${dc}`
        : spectralEnd > 0 && !this.#ac.has(ac)
        ? `AC Huffman table ${ac}`
        : undefined;
      if (missing !== undefined) this.#reader.fail(`scan needs ${missing}, which is missing`, at);
    }
  }

  #image(endsWithEoi: boolean): JpegImage {
    const reader = this.#reader;
    const frame = this.#frame;
    if (frame === undefined || this.#scans.length === 0) {
      return reader.fail("there is no scan before EOI", reader.offset - 2);
    }
    const missing = frame.components.findIndex((_, index) => !this.#scanned.has(index));
    if (missing >= 0 && endsWithEoi) reader.fail(`component ${missing} is in no scan`);
    return {
      ...frame,
      quantisers: this.#quantisers,
      scans: this.#scans,
      ...(isRgb(frame.components, this.#jfif, this.#adobeTransform) ? { rgb: true } : {}),
      endsWithEoi,
      length: endsWithEoi ? reader.offset : this.#bytes.length,
    };
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((character, i) => bytes[i] === character.charCodeAt(0));
}
