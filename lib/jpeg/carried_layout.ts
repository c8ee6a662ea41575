import type { JpegComponent } from "./jpeg_image.ts";

/** Sampling factors of luma that RFC 2435 §4.1 carries; chroma has 1 x 1. */
export interface CarriedLayout {
  readonly horizontal: 2;
  readonly vertical: 1 | 2;
}

/**
 * The sampling that comes nearest to the image's: 4:2:2 where its chroma is halved in width at least
 * and whole in height, else 4:2:0.
 *
 * @param components One or three, luma first.
 */
export function carriedLayout(components: readonly JpegComponent[]): CarriedLayout {
  const [luma, chroma] = components;
  if (luma === undefined || chroma === undefined) return { horizontal: 2, vertical: 2 };
  const wide = luma.horizontal >= 2 * chroma.horizontal;
  const whole = luma.vertical === chroma.vertical;
  return { horizontal: 2, vertical: wide && whole ? 1 : 2 };
}
