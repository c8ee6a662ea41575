/** The luma of raw 4:2:0 pictures that stand one behind the other, without padding. */
export function splitLuma(raw: Uint8Array, width: number, height: number): Uint8Array[] {
  const chroma = Math.ceil(width / 2) * Math.ceil(height / 2);
  const length = width * height + 2 * chroma;
  if (raw.length % length !== 0) {
    throw new RangeError(`Cannot split ${raw.length} bytes into pictures of ${length}`);
  }
  return Array.from(
    { length: raw.length / length },
    (_, i) => raw.subarray(i * length, i * length + width * height),
  );
}
