/**
 * How alike two pictures are: peak signal-to-noise ratio of 8-bit samples in dB, infinite where they are
 * equal.
 */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) {
    throw new RangeError(`Cannot compare ${a.length} samples with ${b.length}`);
  }
  let squares = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    squares += difference * difference;
  }
  return 10 * Math.log10(255 * 255 * a.length / squares);
}
