import type { JpegComponent } from "./frame_header.ts";

/**
 * Whether components are R, G, B and not Y, Cb, Cr, told as libjpeg does: JFIF is always Y, Cb, Cr; then
 * Adobe's marker counts, then the ids.
 *
 * @param jfif Whether there is a JFIF marker (APP0).
 * @param adobeTransform Of Adobe's marker (APP14), if there is one: 0 stands for R, G, B.
 */
export function isRgb(
  components: readonly JpegComponent[],
  jfif: boolean,
  adobeTransform: number | undefined,
): boolean {
  if (components.length !== 3 || jfif) return false;
  if (adobeTransform !== undefined) return adobeTransform === 0;
  return String.fromCharCode(...components.map(({ id }) => id)) === "RGB";
}
