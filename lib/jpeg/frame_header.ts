import type { ByteReader } from "../bytes/byte_reader.ts";
import { endSegment, MARKER, readSegmentEnd } from "./marker.ts";

/** Most samples of all components together, padded to whole MCUs: 2^26, 128 MiB of coefficients. */
export const MAX_SAMPLES = 2 ** 26;

/** One component of a frame (T.81 §B.2.2). */
export interface JpegComponent {
  /** As in the file; of no meaning beyond the file's own scans. */
  readonly id: number;
  /** Horizontal sampling factor, 1 to 4. */
  readonly horizontal: number;
  /** Vertical sampling factor, 1 to 4. */
  readonly vertical: number;
  /** Slot of its quantiser table, 0 to 3 (Tq). */
  readonly quantiser: number;
}

/** What a frame header says (T.81 §B.2.2). */
export interface FrameHeader {
  readonly process: "baseline" | "extended" | "progressive";
  /** Bits a sample: always 8, others are refused. */
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  /** One (grey) or three. */
  readonly components: readonly JpegComponent[];
}

const PROCESSES: ReadonlyMap<number, FrameHeader["process"]> = new Map([
  [MARKER.sof0, "baseline"],
  [MARKER.sof1, "extended"],
  [MARKER.sof2, "progressive"],
]);

/**
 * Reads a frame header behind its marker.
 *
 * @param marker Of the frame: SOF0 to SOF15.
 * @throws WireError by name on what we do not decode: lossless, hierarchical and arithmetic processes,
 * other than 8 bits, other than 1 or 3 components, height 0 (DNL), more than `MAX_SAMPLES`.
 */
export function readFrameHeader(reader: ByteReader, marker: number): FrameHeader {
  const process = PROCESSES.get(marker);
  if (process === undefined) {
    reader.fail(`${foreignProcess(marker)} JPEG (SOF${marker & 15}) is not supported`);
  }
  const end = readSegmentEnd(reader, "SOF");
  const start = reader.offset;
  const precision = reader.u8("precision");
  const height = reader.u16("height");
  const width = reader.u16("width");
  const count = reader.u8("number of components");
  if (precision !== 8) reader.fail(`${precision}-bit samples are not supported, only 8`, start);
  if (height === 0) reader.fail("height 0 (given by DNL) is not supported", start + 1);
  if (width === 0) reader.fail("width is 0", start + 3);
  if (count !== 1 && count !== 3) {
    reader.fail(`${count} components are not supported, only 1 and 3`, start + 5);
  }
  const components = Array.from({ length: count }, () => readComponent(reader));
  endSegment(reader, "SOF", end);
  if (new Set(components.map(({ id }) => id)).size < count) {
    reader.fail("two components have the same id", start + 6);
  }
  const samples = paddedSamples(width, height, components);
  if (samples > MAX_SAMPLES) {
    reader.fail(
      `${width} x ${height} has ${samples} samples, at most ${MAX_SAMPLES} fit`,
      start + 1,
    );
  }
  return { process, precision, width, height, components };
}

function readComponent(reader: ByteReader): JpegComponent {
  const id = reader.u8("component id");
  const at = reader.offset;
  const sampling = reader.u8("sampling factors");
  const quantiser = reader.u8("quantiser table number");
  const [horizontal, vertical] = [sampling >> 4, sampling & 15];
  if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
    reader.fail(`sampling is ${horizontal}x${vertical}, 1 to 4 is wanted`, at);
  }
  if (quantiser > 3) {
    reader.fail(`quantiser table number is ${quantiser}, 0 to 3 is wanted`, at + 1);
  }
  return { id, horizontal, vertical, quantiser };
}

function paddedSamples(
  width: number,
  height: number,
  components: readonly JpegComponent[],
): number {
  const across = Math.ceil(width / 8 / Math.max(...components.map((c) => c.horizontal)));
  const down = Math.ceil(height / 8 / Math.max(...components.map((c) => c.vertical)));
  const blocks = components.reduce((sum, c) => sum + c.horizontal * c.vertical, 0);
  return across * down * blocks * 64;
}

function foreignProcess(marker: number): string {
  const code = marker & 15;
  if (code === 3) return "lossless";
  if (code < 8) return "hierarchical";
  return code === 9 || code === 10 ? "arithmetic" : "lossless or hierarchical arithmetic";
}
