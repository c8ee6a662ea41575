import type { JpegImage } from "./jpeg_image.ts";

/** Where the blocks of a component lie. */
export interface BlockGrid {
  /** Horizontal sampling factor; 1 in an image of one component. */
  readonly horizontal: number;
  /** Vertical sampling factor; 1 in an image of one component. */
  readonly vertical: number;
  /** 64 quantisers, in zig-zag order. */
  readonly quantisers: Uint16Array;
  /** Blocks that hold some of the picture, in a row. */
  readonly blocksAcross: number;
  /** Rows of blocks that hold some of the picture. */
  readonly blocksDown: number;
  /** Blocks stored in a row: `blocksAcross`, padded to whole MCUs. */
  readonly storedAcross: number;
  /** Rows stored: `blocksDown`, padded to whole MCUs. */
  readonly storedDown: number;
}

/** How the blocks of each component of an image lie (T.81 §A.1.1, §A.2.4). */
export function blockGrids(image: JpegImage): BlockGrid[] {
  const { width, height, components } = image;
  // A single component's factors only say something about others (T.81 §A.2.2).
  const factors = components.length === 1 ? [{ horizontal: 1, vertical: 1 }] : components;
  const most = {
    horizontal: Math.max(...factors.map((c) => c.horizontal)),
    vertical: Math.max(...factors.map((c) => c.vertical)),
  };
  const mcusAcross = Math.ceil(width / (8 * most.horizontal));
  const mcusDown = Math.ceil(height / (8 * most.vertical));
  return factors.map(({ horizontal, vertical }, index): BlockGrid => {
    const table = image.quantisers.get(components[index]?.quantiser ?? 0);
    if (table === undefined) throw new RangeError(`Component ${index} has no quantisers`);
    return {
      horizontal,
      vertical,
      quantisers: table.values,
      blocksAcross: Math.ceil(Math.ceil(width * horizontal / most.horizontal) / 8),
      blocksDown: Math.ceil(Math.ceil(height * vertical / most.vertical) / 8),
      storedAcross: mcusAcross * horizontal,
      storedDown: mcusDown * vertical,
    };
  });
}
