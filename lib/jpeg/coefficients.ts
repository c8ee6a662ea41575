import type { BlockGrid } from "./block_grid.ts";

/** The quantised coefficients of one component. */
export interface ComponentCoefficients extends BlockGrid {
  /**
   * 64 numbers for each stored block in zig-zag order, blocks row by row. What is in the padding is of
   * no meaning.
   */
  readonly blocks: Int16Array;
}

/** The quantised coefficients of an image. */
export interface Coefficients {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** In the image's order. */
  readonly components: readonly ComponentCoefficients[];
}
