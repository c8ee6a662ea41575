import { decodePixels } from "../jpeg/decode_pixels.ts";
import { parseJpegImage } from "../jpeg/jpeg_image.ts";
import { readFrameBlocks } from "./frame_blocks.ts";

/** From this width on the blocks are two pixels wide at an eighth of the size. */
const WIDE = 384;

/** What a test picture says of itself (`TestMovie`), both modulo 4096. */
export interface TestFrame {
  /** The frame's number, from 1. */
  readonly number: number;
  /** Unix time at which it was due, in milliseconds. */
  readonly dueMs: number;
}

/**
 * Reads the blocks of a test picture.
 *
 * @returns `undefined` where there are none, or they cannot be read.
 * @throws {WireError} The JPEG cannot be decoded.
 */
export function readTestFrame(jpeg: Uint8Array): TestFrame | undefined {
  const image = parseJpegImage(jpeg);
  const { width, height, rgba } = decodePixels(image, image.width >= WIDE ? 8 : 2);
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) luma[i] = rgba[4 * i + 1] ?? 0; // black and white: green will do
  const number = readFrameBlocks(luma, width, height);
  const dueMs = readFrameBlocks(luma, width, height, 1);
  return number === undefined || dueMs === undefined ? undefined : { number, dueMs };
}
