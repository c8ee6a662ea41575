import type { PixelCanvas } from "./pixel_canvas.ts";

/*
 * The row stands in the middle of the picture's lower edge; a block is as wide and high as a 24th of
 * the picture's width (16 pixels of 384).
 *
 *   white black | 12 bits of the number, highest first | how many of them are 1, modulo 4
 *
 * A 1 is white. Further rows stand above it, each as high.
 */
const BLOCKS = 16;
const BLOCKS_OF_WIDTH = 24;
const NUMBER_BITS = 12;
/** How much lighter the white start block has to be than the black one, of 255. */
const LEAST_CONTRAST = 64;
/** How far from black or white a block may be, in parts of their contrast. */
const TOLERANCE = 0.3;

/**
 * Draws a frame's number as black and white blocks, for machines to read after any scaling and
 * compression.
 *
 * @param canvas At least 24 pixels wide.
 * @param number An integer from 0 on; its remainder modulo 4096 is drawn.
 * @param row Counts the rows from below, from 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PixelCanvas } from "./pixel_canvas.ts";
 *
 * const canvas = new PixelCanvas(384, 288);
 * drawFrameBlocks(canvas, 42);
 * const luma = Uint8Array.from({ length: 384 * 288 }, (_, i) => canvas.pixels[i * 3] ?? 0);
 * assertEquals(readFrameBlocks(luma, 384, 288), 42);
 * ```
 */
export function drawFrameBlocks(canvas: PixelCanvas, number: number, row: number = 0): void {
  const bits = 0b10 << 14 | (number % 4096) << 2 | checkBits(number % 4096);
  const top = Math.round(canvas.height - (row + 1) * canvas.width / BLOCKS_OF_WIDTH);
  const end = Math.round(canvas.height - row * canvas.width / BLOCKS_OF_WIDTH);
  for (let block = 0; block < BLOCKS; block++) {
    const left = Math.round(leftEdge(block, canvas.width));
    const right = Math.round(leftEdge(block + 1, canvas.width));
    const level = (bits >> 15 - block & 1) * 255;
    canvas.fillRectangle(left, top, right - left, end - top, [level, level, level]);
  }
}

/**
 * Reads the number that `drawFrameBlocks` has drawn.
 *
 * @param luma 0 to 255, row by row.
 * @param width Of this picture, which may be scaled; at least 48 pixels for a sure reading.
 * @param row Counts the rows from below, from 0.
 * @returns The number modulo 4096; `undefined` where the picture has no such row, or one that cannot
 * be told for sure.
 */
export function readFrameBlocks(
  luma: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  row: number = 0,
): number | undefined {
  const bottom = height - row * width / BLOCKS_OF_WIDTH;
  if (width < BLOCKS_OF_WIDTH || bottom < width / BLOCKS_OF_WIDTH) return undefined;
  const levels = Array.from({ length: BLOCKS }, (_, block) => level(luma, width, bottom, block));
  const [white = 0, black = 0] = levels;
  if (white - black < LEAST_CONTRAST) return undefined;
  let bits = 0;
  for (const value of levels) {
    const share = (value - black) / (white - black);
    const bit = share > 0.5 ? 1 : 0;
    if (Math.abs(share - bit) > TOLERANCE) return undefined;
    bits = bits << 1 | bit;
  }
  const number = bits >> 2 & (1 << NUMBER_BITS) - 1;
  return checkBits(number) === (bits & 3) ? number : undefined;
}

function leftEdge(block: number, width: number): number {
  return (block + (BLOCKS_OF_WIDTH - BLOCKS) / 2) * width / BLOCKS_OF_WIDTH;
}

/** The mean of a block's middle: half its width and height, at least one pixel. */
function level(
  luma: Uint8Array | Uint8ClampedArray,
  width: number,
  bottom: number,
  block: number,
): number {
  const side = width / BLOCKS_OF_WIDTH;
  const [left, top] = [leftEdge(block, width), bottom - side];
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(top + side / 4); y < top + side * 3 / 4; y++) {
    for (let x = Math.floor(left + side / 4); x < left + side * 3 / 4; x++) {
      sum += luma[y * width + x] ?? 0;
      count++;
    }
  }
  return sum / count;
}

/** How many bits of the number are 1, modulo 4. */
function checkBits(number: number): number {
  let count = 0;
  for (let left = number; left > 0; left >>= 1) count += left & 1;
  return count & 3;
}
