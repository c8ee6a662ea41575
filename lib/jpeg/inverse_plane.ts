import type { ComponentCoefficients } from "./coefficients.ts";
import type { InverseDct } from "./inverse_dct.ts";
import type { Plane } from "./resample_plane.ts";

/** All blocks that hold some of the picture, as samples around 0. */
export function inversePlane(source: ComponentCoefficients, inverse: InverseDct): Plane {
  const { blocksAcross, blocksDown, storedAcross, blocks } = source;
  const { across, down } = inverse;
  const [width, height] = [blocksAcross * across, blocksDown * down];
  const samples = new Float32Array(width * height);
  for (let row = 0; row < blocksDown; row++) {
    for (let column = 0; column < blocksAcross; column++) {
      const offset = (row * storedAcross + column) * 64;
      inverse.transform(blocks, offset, samples, row * down * width + column * across, width);
    }
  }
  return { width, height, samples };
}
