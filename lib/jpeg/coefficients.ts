import type { JpegImage } from "./jpeg_image.ts";

/** The quantised coefficients of one component. */
export interface ComponentCoefficients {
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

/** The coefficients of an image, all 0. */
export function emptyCoefficients(image: JpegImage): Coefficients {
  const { width, height } = image;
  // A single component's factors only say something about others (T.81 §A.2.2).
  const alone = image.components.length === 1;
  const most = {
    horizontal: alone ? 1 : Math.max(...image.components.map((c) => c.horizontal)),
    vertical: alone ? 1 : Math.max(...image.components.map((c) => c.vertical)),
  };
  const mcusAcross = Math.ceil(width / (8 * most.horizontal));
  const mcusDown = Math.ceil(height / (8 * most.vertical));
  const components = image.components.map((c): ComponentCoefficients => {
    const [horizontal, vertical] = alone ? [1, 1] : [c.horizontal, c.vertical];
    const [storedAcross, storedDown] = [mcusAcross * horizontal, mcusDown * vertical];
    return {
      horizontal,
      vertical,
      quantisers: image.quantisers.get(c.quantiser)?.values ?? new Uint16Array(64).fill(1),
      blocksAcross: Math.ceil(Math.ceil(width * horizontal / most.horizontal) / 8),
      blocksDown: Math.ceil(Math.ceil(height * vertical / most.vertical) / 8),
      storedAcross,
      storedDown,
      blocks: new Int16Array(storedAcross * storedDown * 64),
    };
  });
  return { width, height, components };
}
