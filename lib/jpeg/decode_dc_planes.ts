import { BitSource } from "./bit_source.ts";
import { type BlockGrid, blockGrids } from "./block_grid.ts";
import { checkLength } from "./check_length.ts";
import type { JpegImage, JpegScan } from "./jpeg_image.ts";
import type { Plane } from "./resample_plane.ts";
import { type ScanTables, scanTables } from "./scan_tables.ts";
import { type BlockDecoder, type ScanPart, walkScan } from "./scan_walk.ts";
import { type SkipTable, skipTableOf } from "./skip_table.ts";
import { decodeDcOnly, decodeDifference } from "./sequential_block.ts";

interface DcPart extends ScanPart, ScanTables {
  readonly means: Int16Array;
  readonly skips: SkipTable;
}

/**
 * The mean of each block, around 0, for each component: its DC coefficient, dequantised. AC
 * coefficients are passed over, and progressive AC scans are not read at all.
 *
 * @returns Planes of one sample for each stored block.
 * @throws WireError as `decodeCoefficients` does.
 */
export function decodeDcPlanes(image: JpegImage): Plane[] {
  checkLength(image);
  const grids = blockGrids(image);
  const means = grids.map((grid) => new Int16Array(grid.storedAcross * grid.storedDown));
  image.scans.forEach((scan, index) => {
    if (scan.spectralStart > 0) return;
    const source = new BitSource(scan.entropy, `JPEG scan ${index}`);
    const parts = scan.components.map((selected): DcPart => {
      const { dc, ac } = scanTables(scan, selected);
      return {
        component: grids[selected.component] as BlockGrid,
        means: means[selected.component] as Int16Array,
        dc,
        ac,
        skips: skipTableOf(ac),
        prediction: 0,
      };
    });
    walkScan(parts, scan.restartInterval, source, dcDecoder(image, scan, source));
  });
  return grids.map((grid, index): Plane => {
    const factor = (grid.quantisers[0] as number) / 8;
    const samples = new Float32Array(means[index] as Int16Array);
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] as number) * factor;
    return { width: grid.storedAcross, height: grid.storedDown, samples };
  });
}

function dcDecoder(image: JpegImage, scan: JpegScan, source: BitSource): BlockDecoder<DcPart> {
  const { approximationHigh, approximationLow: bit } = scan;
  if (image.process !== "progressive") {
    return {
      decode(part, block) {
        part.prediction = decodeDcOnly(source, part.dc, part.ac, part.skips, part.prediction);
        part.means[block] = part.prediction;
      },
    };
  }
  if (approximationHigh === 0) {
    return {
      decode(part, block) {
        part.prediction += decodeDifference(source, part.dc);
        part.means[block] = part.prediction << bit;
      },
    };
  }
  return {
    decode({ means }, block) {
      means[block] = (means[block] as number) | source.take(1) << bit;
    },
  };
}
