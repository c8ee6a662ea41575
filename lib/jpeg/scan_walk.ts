import type { BitSource } from "./bit_source.ts";
import type { BlockGrid } from "./block_grid.ts";

/** A component as a scan sees it. */
export interface ScanPart {
  readonly component: BlockGrid;
  /** DC coefficient of the block before, or 0. */
  prediction: number;
}

/** Decodes one block. */
export interface BlockDecoder<Part extends ScanPart> {
  /** @param block Index of the block in its component, in stored blocks row by row. */
  decode(part: Part, block: number): void;
  /** A restart interval begins: what was learned from earlier blocks is forgotten. */
  restart?(): void;
}

/**
 * Calls the decoder for each block of a scan in the order of T.81 §A.2, and takes the restart markers.
 *
 * @param parts The components of the scan: one, which is then not interleaved, or several.
 * @param restartInterval In MCUs; 0 for none.
 * @throws WireError when a restart marker is not where it is due, or the data ends too early.
 */
export function walkScan<Part extends ScanPart>(
  parts: readonly Part[],
  restartInterval: number,
  source: BitSource,
  decoder: BlockDecoder<Part>,
): void {
  const { across, down, units } = scanGrid(parts);
  let left = restartInterval === 0 ? Infinity : restartInterval;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      if (left-- === 0) {
        left = restartInterval - 1;
        source.restart();
        for (const part of parts) part.prediction = 0;
        decoder.restart?.();
      }
      for (const { part, horizontal, vertical, stored } of units) {
        const first = row * vertical * stored + column * horizontal;
        for (let v = 0; v < vertical; v++) {
          for (let h = 0; h < horizontal; h++) decoder.decode(part, first + v * stored + h);
        }
      }
      source.check();
    }
  }
}

/** How the scan's blocks lie: MCUs, and the blocks of each component in one. */
function scanGrid<Part extends ScanPart>(parts: readonly Part[]) {
  const [first] = parts;
  if (first === undefined) return { across: 0, down: 0, units: [] };
  const alone = parts.length === 1;
  const { blocksAcross, blocksDown, storedAcross, storedDown } = first.component;
  const units = parts.map((part) => ({
    part,
    horizontal: alone ? 1 : part.component.horizontal,
    vertical: alone ? 1 : part.component.vertical,
    stored: part.component.storedAcross,
  }));
  return {
    across: alone ? blocksAcross : storedAcross / first.component.horizontal,
    down: alone ? blocksDown : storedDown / first.component.vertical,
    units,
  };
}
