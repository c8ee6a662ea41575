import { WireError } from "../bytes/wire_error.ts";
import { BitSource } from "./bit_source.ts";
import { type Coefficients, emptyCoefficients } from "./coefficients.ts";
import { type DecodeTable, decodeTableOf } from "./decode_table.ts";
import type { HuffmanTable, JpegImage, JpegScan } from "./jpeg_image.ts";
import { decodeFirstAc, type ProgressiveBand, refineAc } from "./progressive_block.ts";
import { type BlockDecoder, type ScanPart, walkScan } from "./scan_walk.ts";
import { decodeDifference, decodeSequentialBlock } from "./sequential_block.ts";

/** A component with its Huffman tables; a table that the scan has no use for may be an empty one. */
interface CodedPart extends ScanPart {
  readonly dc: DecodeTable;
  readonly ac: DecodeTable;
}

const NO_TABLE: HuffmanTable = { counts: new Uint8Array(16), symbols: new Uint8Array() };

/**
 * Decodes all scans of an image into quantised coefficients: baseline, extended and progressive.
 *
 * @throws WireError on entropy-coded data that ends too early, has codes that no table has, misses a
 * restart marker or overfills a block; the message names scan and byte.
 */
export function decodeCoefficients(image: JpegImage): Coefficients {
  checkLength(image);
  const coefficients = emptyCoefficients(image);
  image.scans.forEach((scan, index) => {
    const source = new BitSource(scan.entropy, `JPEG scan ${index}`);
    const parts = scan.components.map(({ component, dc, ac }): CodedPart => {
      const found = coefficients.components[component];
      if (found === undefined) throw new RangeError(`Scan names component ${component}`);
      return {
        component: found,
        dc: decodeTableOf(scan.dcTables.get(dc) ?? NO_TABLE),
        ac: decodeTableOf(scan.acTables.get(ac) ?? NO_TABLE),
        prediction: 0,
      };
    });
    const decoder = image.process === "progressive"
      ? progressiveDecoder(scan, source, parts)
      : sequentialDecoder(source);
    walkScan(parts, scan.restartInterval, source, decoder);
  });
  return coefficients;
}

/**
 * Checks that an image's data can hold its blocks at all, before memory is taken for them: each block
 * takes a bit at least.
 *
 * @throws WireError when it cannot, or a component is in no scan.
 */
export function checkLength(image: JpegImage): void {
  const { width, height, components, scans } = image;
  const bits = 8 * scans.reduce((sum, { entropy }) => sum + entropy.length, 0);
  const most = {
    horizontal: Math.max(...components.map((c) => c.horizontal)),
    vertical: Math.max(...components.map((c) => c.vertical)),
  };
  const blocks = components.reduce((sum, c) => {
    const across = width * c.horizontal / most.horizontal / 8;
    return sum + Math.ceil(across) * Math.ceil(height * c.vertical / most.vertical / 8);
  }, 0);
  if (blocks > bits) {
    throw new WireError(
      `Cannot decode JPEG: ${width} x ${height} has ${blocks} blocks, ` +
        `too many for ${bits / 8} bytes of entropy-coded data`,
    );
  }
  const scanned = new Set(scans.flatMap((scan) => scan.components.map((c) => c.component)));
  const missing = components.findIndex((_, index) => !scanned.has(index));
  if (missing >= 0) throw new WireError(`Cannot decode JPEG: component ${missing} is in no scan`);
}

function sequentialDecoder(source: BitSource): BlockDecoder<CodedPart> {
  return {
    decode(part, block) {
      const { dc, ac, prediction, component } = part;
      const { blocks } = component;
      part.prediction = decodeSequentialBlock(source, dc, ac, blocks, block * 64, prediction);
    },
  };
}

function progressiveDecoder(
  scan: JpegScan,
  source: BitSource,
  parts: readonly CodedPart[],
): BlockDecoder<CodedPart> {
  const { spectralStart, approximationHigh, approximationLow: bit } = scan;
  if (spectralStart === 0) {
    return approximationHigh === 0 ? firstDcDecoder(source, bit) : refiningDcDecoder(source, bit);
  }
  const [part] = parts; // AC scans have one component
  const band: ProgressiveBand = {
    start: spectralStart,
    end: scan.spectralEnd,
    bit,
    table: part?.ac ?? decodeTableOf(NO_TABLE),
    endRun: 0,
  };
  const decodeBand = approximationHigh === 0 ? decodeFirstAc : refineAc;
  return {
    decode: ({ component }, block) => decodeBand(source, band, component.blocks, block * 64),
    restart: () => band.endRun = 0,
  };
}

function firstDcDecoder(source: BitSource, bit: number): BlockDecoder<CodedPart> {
  return {
    decode(part, block) {
      part.prediction += decodeDifference(source, part.dc);
      part.component.blocks[block * 64] = part.prediction << bit;
    },
  };
}

function refiningDcDecoder(source: BitSource, bit: number): BlockDecoder<CodedPart> {
  return {
    decode({ component }, block) {
      if (source.take(1) === 0) return;
      component.blocks[block * 64] = (component.blocks[block * 64] as number) | 1 << bit;
    },
  };
}
