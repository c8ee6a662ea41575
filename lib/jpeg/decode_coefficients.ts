import { BitSource } from "./bit_source.ts";
import { blockGrids } from "./block_grid.ts";
import { checkLength } from "./check_length.ts";
import type { Coefficients, ComponentCoefficients } from "./coefficients.ts";
import type { JpegImage, JpegScan } from "./jpeg_image.ts";
import { decodeFirstAc, type ProgressiveBand, refineAc } from "./progressive_block.ts";
import { type ScanTables, scanTables } from "./scan_tables.ts";
import { type BlockDecoder, type ScanPart, walkScan } from "./scan_walk.ts";
import { decodeDifference, decodeSequentialBlock } from "./sequential_block.ts";

/** A component with its Huffman tables. */
interface CodedPart extends ScanPart, ScanTables {
  readonly component: ComponentCoefficients;
}

/**
 * Decodes all scans of an image into quantised coefficients: baseline, extended and progressive.
 *
 * @throws WireError on entropy-coded data that ends too early, has codes that no table has, misses a
 * restart marker or overfills a block; the message names scan and byte. So it is for a component
 * without a scan.
 */
export function decodeCoefficients(image: JpegImage): Coefficients {
  checkLength(image);
  const components = blockGrids(image).map((grid): ComponentCoefficients => ({
    ...grid,
    blocks: new Int16Array(grid.storedAcross * grid.storedDown * 64),
  }));
  image.scans.forEach((scan, index) => {
    const source = new BitSource(scan.entropy, `JPEG scan ${index}`);
    const parts = scan.components.map((selected): CodedPart => ({
      ...scanTables(scan, selected),
      component: components[selected.component] as ComponentCoefficients,
      prediction: 0,
    }));
    const decoder = image.process === "progressive"
      ? progressiveDecoder(scan, source, parts)
      : sequentialDecoder(source);
    walkScan(parts, scan.restartInterval, source, decoder);
  });
  return { width: image.width, height: image.height, components };
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
    table: (part as CodedPart).ac,
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
