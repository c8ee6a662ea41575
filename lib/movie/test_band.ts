import { drawDigits } from "./digit_font.ts";
import { drawFrameBlocks } from "./frame_blocks.ts";
import { type Colour, PixelCanvas } from "./pixel_canvas.ts";

const WHITE: Colour = [235, 235, 235];
const SWEEP: Colour = [235, 60, 40];
const BLOCKS_OF_WIDTH = 24;
const DIGITS = "0123456789:. ";

/** A character as it is drawn: on black. */
interface Cell {
  readonly width: number;
  readonly canvas: PixelCanvas;
}

/**
 * The part of a test movie's picture that changes from frame to frame: the frame's number and its time
 * for eyes, a bar that crosses once a second, and both numbers as blocks for machines.
 */
export class TestBand {
  readonly canvas: PixelCanvas;
  readonly #textHeight: number;
  readonly #cells: ReadonlyMap<string, Cell>;

  /**
   * @param width Of the picture, in pixels.
   * @param height At least as `heightFor` says.
   */
  constructor(width: number, height: number) {
    this.canvas = new PixelCanvas(width, height);
    this.#textHeight = textHeight(width);
    this.#cells = new Map([...DIGITS].map((digit) => [digit, drawCell(digit, this.#textHeight)]));
  }

  /** The least height of a band, in pixels. */
  static heightFor(width: number): number {
    return Math.ceil(2 * width / BLOCKS_OF_WIDTH + textHeight(width) * 1.9);
  }

  /**
   * Draws the band of a frame.
   *
   * @param number The frame's, from 1; modulo 4096 in the lowest row of blocks.
   * @param unixMs Its time; modulo 4096 in the row above that.
   */
  draw(number: number, unixMs: number): void {
    const { canvas } = this;
    canvas.pixels.fill(0);
    const margin = Math.round(canvas.width / 40);
    const time = new Date(unixMs).toISOString().slice(11, 23);
    const top = Math.round(this.#textHeight * 0.6);
    this.#write(String(number), margin, top);
    this.#write(time, canvas.width - margin - this.#widthOf(time), top);
    const sweepWidth = Math.max(2, Math.round(canvas.width / 80));
    const left = Math.round((canvas.width - sweepWidth) * (unixMs % 1000) / 1000);
    canvas.fillRectangle(left, 0, sweepWidth, Math.ceil(this.#textHeight * 0.4), SWEEP);
    drawFrameBlocks(canvas, number, 0);
    drawFrameBlocks(canvas, Math.floor(unixMs), 1);
  }

  #widthOf(text: string): number {
    return [...text].reduce((width, letter) => width + (this.#cells.get(letter)?.width ?? 0), 0);
  }

  #write(text: string, left: number, top: number): void {
    let x = left;
    for (const letter of text) {
      const cell = this.#cells.get(letter);
      if (cell === undefined) continue;
      copyInto(this.canvas, cell.canvas, x, top);
      x += cell.width;
    }
  }
}

function textHeight(width: number): number {
  return Math.max(9, Math.round(width / 20));
}

function drawCell(digit: string, height: number): Cell {
  const trial = new PixelCanvas(2 * height, height + 2);
  const width = Math.ceil(drawDigits(trial, digit, 1, 1, height, WHITE) + height * 0.18);
  const canvas = new PixelCanvas(width, height + 2);
  drawDigits(canvas, digit, 1, 1, height, WHITE);
  return { width, canvas };
}

function copyInto(canvas: PixelCanvas, cell: PixelCanvas, x: number, y: number): void {
  const length = Math.min(cell.width, canvas.width - x) * 3;
  for (let row = 0; row < Math.min(cell.height, canvas.height - y); row++) {
    const from = row * cell.width * 3;
    const line = cell.pixels.subarray(from, from + length);
    canvas.pixels.set(line, ((y + row) * canvas.width + x) * 3);
  }
}
