import type { ComponentCoefficients } from "./coefficients.ts";

/**
 * A component with other quantisers: each coefficient becomes the nearest, which loses up to half a
 * quantiser where the new one does not divide the old.
 *
 * @param quantisers 64, in zig-zag order.
 * @returns The same coefficients where the quantisers are the same.
 */
export function requantise(
  component: ComponentCoefficients,
  quantisers: Uint16Array,
): ComponentCoefficients {
  const ratios = Array.from(
    quantisers,
    (quantiser, n) => (component.quantisers[n] as number) / quantiser,
  );
  if (ratios.every((ratio) => ratio === 1)) return component;
  const blocks = component.blocks.map((value, at) =>
    value === 0 ? 0 : Math.round(value * (ratios[at & 63] as number))
  );
  return { ...component, quantisers, blocks };
}
