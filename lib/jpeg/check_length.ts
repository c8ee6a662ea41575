import { WireError } from "../bytes/wire_error.ts";
import { blockGrids } from "./block_grid.ts";
import type { JpegImage } from "./jpeg_image.ts";

/**
 * Checks that an image's data can hold its blocks at all, before memory is taken for them: each block
 * takes a bit at least.
 *
 * @throws WireError when it cannot, or a component is in no scan.
 */
export function checkLength(image: JpegImage): void {
  const { width, height, components, scans } = image;
  const length = scans.reduce((sum, { entropy }) => sum + entropy.length, 0);
  const blocks = blockGrids(image).reduce((sum, c) => sum + c.blocksAcross * c.blocksDown, 0);
  if (blocks > 8 * length) {
    throw new WireError(
      `Cannot decode JPEG: ${width} x ${height} has ${blocks} blocks, ` +
        `too many for ${length} bytes of entropy-coded data`,
    );
  }
  const scanned = new Set(scans.flatMap((scan) => scan.components.map((c) => c.component)));
  const missing = components.findIndex((_, index) => !scanned.has(index));
  if (missing >= 0) throw new WireError(`Cannot decode JPEG: component ${missing} is in no scan`);
}
