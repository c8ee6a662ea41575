import { psnr } from "./psnr.ts";

/** From how many dB on a picture counts as the frame that was sent. */
const LEAST_PSNR = 45;

/**
 * Which frames of the movie a player's pictures are: their indices; -1 for a picture that is none of them.
 * The frame after the one before is tried first.
 */
export function framesShown(
  pictures: readonly Uint8Array[],
  movie: readonly Uint8Array[],
): number[] {
  const found: number[] = [];
  for (const picture of pictures) {
    const next = (found.at(-1) ?? -1) + 1;
    const order = [...movie.keys()].sort((a, b) => Math.abs(a - next) - Math.abs(b - next));
    found.push(order.find((i) => psnr(picture, movie[i] as Uint8Array) > LEAST_PSNR) ?? -1);
  }
  return found;
}
