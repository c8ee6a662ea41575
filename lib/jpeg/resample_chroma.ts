import { ZIGZAG } from "./annex_k.ts";
import type { ComponentCoefficients } from "./coefficients.ts";
import { dctScale } from "./dct_scale.ts";
import { forwardDct } from "./forward_dct.ts";
import { type BlockSize, InverseDct } from "./inverse_dct.ts";
import { inversePlane } from "./inverse_plane.ts";
import { resamplePlane } from "./resample_plane.ts";

/** What chroma has to become. */
export interface ChromaTarget {
  /** In samples. */
  readonly width: number;
  readonly height: number;
  /** 64, in zig-zag order. */
  readonly quantisers: Uint16Array;
}

/**
 * Chroma in another sampling: dequantised, averaged (repeated where it is to grow), transformed and
 * quantised anew.
 *
 * @param scaleX New samples to an old one, in a row: 1/2 from 4:4:4 to 4:2:0.
 * @param scaleY New rows to an old one.
 */
export function resampleChroma(
  source: ComponentCoefficients,
  scaleX: number,
  scaleY: number,
  target: ChromaTarget,
): ComponentCoefficients {
  const [across, down] = [nearestSize(scaleX), nearestSize(scaleY)];
  const plane = inversePlane(source, new InverseDct(source.quantisers, across, down));
  const blocksAcross = Math.ceil(target.width / 8);
  const blocksDown = Math.ceil(target.height / 8);
  const [width, height] = [blocksAcross * 8, blocksDown * 8];
  const [stepX, stepY] = [across / 8 / scaleX, down / 8 / scaleY];
  const fits = stepX === 1 && stepY === 1 && plane.width >= width && plane.height >= height;
  const { samples, width: stride } = fits
    ? plane
    : resamplePlane(plane, stepX, stepY, width, height);
  const blocks = new Int16Array(blocksAcross * blocksDown * 64);
  const quantise = blockQuantiser(target.quantisers);
  for (let row = 0; row < blocksDown; row++) {
    for (let column = 0; column < blocksAcross; column++) {
      quantise(
        samples,
        row * 8 * stride + column * 8,
        stride,
        blocks,
        (row * blocksAcross + column) * 64,
      );
    }
  }
  return {
    horizontal: 1,
    vertical: 1,
    quantisers: target.quantisers,
    blocksAcross,
    blocksDown,
    storedAcross: blocksAcross,
    storedDown: blocksDown,
    blocks,
  };
}

/** The size of a block at which least is left to resample. */
function nearestSize(scale: number): BlockSize {
  return scale === 1 / 2 ? 4 : scale === 1 / 4 ? 2 : 8;
}

/** A function that transforms and quantises the 8 x 8 samples at a place. */
function blockQuantiser(quantisers: Uint16Array) {
  const factors = Float32Array.from(
    quantisers,
    (quantiser, n) => dctScale(ZIGZAG[n] as number) / quantiser,
  );
  const block = new Float32Array(64);
  return (
    samples: Float32Array,
    first: number,
    stride: number,
    out: Int16Array,
    offset: number,
  ): void => {
    for (let y = 0, from = first; y < 8; y++, from += stride) {
      for (let x = 0; x < 8; x++) {
        const value = samples[from + x] as number;
        block[y * 8 + x] = value < -128 ? -128 : value > 127 ? 127 : value;
      }
    }
    forwardDct(block);
    for (let n = 0; n < 64; n++) {
      const value = (block[ZIGZAG[n] as number] as number) * (factors[n] as number);
      out[offset + n] = value < 0 ? value - 0.5 : value + 0.5; // Int16Array cuts towards 0
    }
  };
}
