import type { ByteReader } from "../bytes/byte_reader.ts";
import type { FrameHeader } from "./frame_header.ts";
import type { HuffmanTable } from "./huffman_table.ts";
import { endSegment, readSegmentEnd } from "./marker.ts";

/** Most blocks in an MCU of several components (T.81 §B.2.3). */
const MAX_BLOCKS_IN_MCU = 10;

/** What a scan takes of a component. */
export interface JpegScanComponent {
  /** Index into the image's components. */
  readonly component: number;
  /** Slot of the DC Huffman table, 0 to 3. */
  readonly dc: number;
  /** Slot of the AC Huffman table, 0 to 3. */
  readonly ac: number;
}

/** What a scan header says (T.81 §B.2.3). */
export interface ScanHeader {
  readonly components: readonly JpegScanComponent[];
  /** First coefficient in zig-zag order; 0 in sequential processes, whatever the file says. */
  readonly spectralStart: number;
  /** Last coefficient; 63 in sequential processes, whatever the file says. */
  readonly spectralEnd: number;
  /** Bits that earlier scans left out (progressive), 0 in a first scan. */
  readonly approximationHigh: number;
  /** Bits that this scan leaves out (progressive). */
  readonly approximationLow: number;
}

/** One scan with all that is in force for it (T.81 §B.2.3). */
export interface JpegScan extends ScanHeader {
  /** MCUs between restart markers, 0 for none. */
  readonly restartInterval: number;
  readonly dcTables: ReadonlyMap<number, HuffmanTable>;
  readonly acTables: ReadonlyMap<number, HuffmanTable>;
  /** Entropy-coded data with stuffed bytes and RST markers, up to the next marker or the end: a view. */
  readonly entropy: Uint8Array;
}

/**
 * Reads a scan header behind its marker.
 *
 * @throws WireError on components that the frame has not, has in another order or twice, on MCUs over
 * ten blocks, and on progressive parameters out of T.81 §G.1.1.1.
 */
export function readScanHeader(reader: ByteReader, frame: FrameHeader): ScanHeader {
  const end = readSegmentEnd(reader, "SOS");
  const start = reader.offset;
  const count = reader.u8("number of components in scan");
  if (count < 1 || count > frame.components.length) {
    reader.fail(`scan has ${count} components, 1 to ${frame.components.length} are wanted`, start);
  }
  const components = Array.from({ length: count }, () => readScanComponent(reader, frame));
  components.reduce((before, { component }) => {
    if (component <= before) reader.fail("scan's components are not in the frame's order", start);
    return component;
  }, -1);
  const blocks = components.reduce((sum, { component }) => {
    const c = frame.components[component];
    return sum + (c === undefined ? 0 : c.horizontal * c.vertical);
  }, 0);
  if (count > 1 && blocks > MAX_BLOCKS_IN_MCU) {
    reader.fail(`scan has ${blocks} blocks in an MCU, at most ${MAX_BLOCKS_IN_MCU} fit`, start);
  }
  const at = reader.offset;
  const spectralStart = reader.u8("spectral selection start");
  const spectralEnd = reader.u8("spectral selection end");
  const approximation = reader.u8("successive approximation");
  endSegment(reader, "SOS", end);
  if (frame.process !== "progressive") {
    const approximations = { approximationHigh: 0, approximationLow: 0 };
    return { components, spectralStart: 0, spectralEnd: 63, ...approximations };
  }
  const [approximationHigh, approximationLow] = [approximation >> 4, approximation & 15];
  const bandFits = spectralStart === 0
    ? spectralEnd === 0
    : spectralStart <= spectralEnd && spectralEnd <= 63 && count === 1;
  const bitsFit = approximationLow <= 13 &&
    (approximationHigh === 0 || approximationHigh === approximationLow + 1);
  if (!bandFits || !bitsFit) {
    const found =
      `${spectralStart} to ${spectralEnd}, bits ${approximationHigh} to ${approximationLow}`;
    reader.fail(`progressive scan of ${count} components has coefficients ${found}`, at);
  }
  return { components, spectralStart, spectralEnd, approximationHigh, approximationLow };
}

function readScanComponent(reader: ByteReader, frame: FrameHeader): JpegScanComponent {
  const at = reader.offset;
  const id = reader.u8("component selector");
  const tables = reader.u8("Huffman table selectors");
  const component = frame.components.findIndex((c) => c.id === id);
  if (component < 0) reader.fail(`scan has component ${id}, which the frame has not`, at);
  const [dc, ac] = [tables >> 4, tables & 15];
  if (dc > 3 || ac > 3) reader.fail(`Huffman tables are ${dc} and ${ac}, 0 to 3 is wanted`, at + 1);
  return { component, dc, ac };
}
