import { WireError } from "../bytes/wire_error.ts";
import { drawDigits } from "../movie/digit_font.ts";
import { PixelCanvas } from "../movie/pixel_canvas.ts";
import { formatClock } from "./format_clock.ts";
import { makeThumbnail } from "./make_thumbnail.ts";
import type { Picture } from "./picture.ts";

const DEFAULT_COLUMNS = 6;
const DEFAULT_SIZE = 160;
const DEFAULT_MOST_ROWS = 20;
const MARGIN = 8;
const CAPTION_HEIGHT = 20;
const DIGIT_HEIGHT = 11;
const BACKGROUND = [24, 24, 27] as const;
const NUMBER_COLOUR = [244, 244, 245] as const;
const TIME_COLOUR = [161, 161, 170] as const;

/** What a contact sheet is to look like. */
export interface ContactSheetOptions {
  /** Pictures side by side; 6 unless given. */
  readonly columns?: number;
  /** Width or height of a picture, whichever is more, in pixels; 160 unless given. */
  readonly size?: number;
  /** Rows at most; 20 unless given. */
  readonly mostRows?: number;
}

/** A frame that may come onto a sheet. */
export interface SheetFrame {
  readonly jpeg: Uint8Array;
  /** From 1. */
  readonly number: number;
  /** After the first frame. */
  readonly timeMs: number;
}

interface Cell {
  readonly picture: Picture;
  readonly number: number;
  readonly timeMs: number;
}

/**
 * A sheet of small pictures with their numbers and times. It holds so many at most: when it is full, each
 * second one goes, and from then on only each second frame comes onto it. So a sheet of hours needs no
 * more memory than one of a minute, and its pictures are evenly apart.
 */
export class ContactSheet {
  readonly #columns: number;
  readonly #size: number;
  readonly #mostCells: number;
  #cells: Cell[] = [];
  #offered = 0;
  #stride = 1;

  constructor(options: ContactSheetOptions = {}) {
    this.#columns = options.columns ?? DEFAULT_COLUMNS;
    this.#size = options.size ?? DEFAULT_SIZE;
    this.#mostCells = this.#columns * (options.mostRows ?? DEFAULT_MOST_ROWS);
  }

  /** How many pictures are on it. */
  get count(): number {
    return this.#cells.length;
  }

  /** Adds a frame, unless it is one of those that have no room; one that cannot be decoded is left out. */
  add(frame: SheetFrame): void {
    if (this.#offered++ % this.#stride !== 0) return;
    if (this.#cells.length === this.#mostCells) {
      this.#cells = this.#cells.filter((_, index) => index % 2 === 0);
      this.#stride *= 2;
      if ((this.#offered - 1) % this.#stride !== 0) return;
    }
    const { jpeg, number, timeMs } = frame;
    try {
      this.#cells.push({ picture: makeThumbnail(jpeg, this.#size), number, timeMs });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
  }

  /** The sheet as it is now; `undefined` before there is a picture. */
  draw(): Picture | undefined {
    if (this.#cells.length === 0) return undefined;
    const cellWidth = Math.max(...this.#cells.map(({ picture }) => picture.width));
    const cellHeight = Math.max(...this.#cells.map(({ picture }) => picture.height));
    const columns = Math.min(this.#columns, this.#cells.length);
    const rows = Math.ceil(this.#cells.length / columns);
    const [across, down] = [cellWidth + MARGIN, cellHeight + CAPTION_HEIGHT + MARGIN];
    const canvas = new PixelCanvas(columns * across + MARGIN, rows * down + MARGIN);
    canvas.fillRectangle(0, 0, canvas.width, canvas.height, BACKGROUND);
    this.#cells.forEach((cell, index) => {
      const left = MARGIN + index % columns * across;
      const top = MARGIN + Math.floor(index / columns) * down;
      const indent = Math.floor((cellWidth - cell.picture.width) / 2);
      paste(canvas, cell.picture, left + indent, top + cellHeight - cell.picture.height);
      drawCaption(canvas, cell, left, top + cellHeight, cellWidth);
    });
    return canvas;
  }
}

function paste(canvas: PixelCanvas, picture: Picture, left: number, top: number): void {
  const rowLength = picture.width * 3;
  for (let y = 0; y < picture.height; y++) {
    const row = picture.pixels.subarray(y * rowLength, (y + 1) * rowLength);
    canvas.pixels.set(row, ((top + y) * canvas.width + left) * 3);
  }
}

/** Number at the left, time at the right, as far as there is room. */
function drawCaption(
  canvas: PixelCanvas,
  { number, timeMs }: Cell,
  left: number,
  top: number,
  width: number,
): void {
  const y = top + (CAPTION_HEIGHT - DIGIT_HEIGHT) / 2;
  const numberText = String(number);
  const timeText = formatClock(timeMs);
  const [numberWidth, timeWidth] = [digitsWidth(numberText), digitsWidth(timeText)];
  if (numberWidth <= width) drawDigits(canvas, numberText, left, y, DIGIT_HEIGHT, NUMBER_COLOUR);
  if (numberWidth + timeWidth + MARGIN > width) return;
  drawDigits(canvas, timeText, left + width - timeWidth, y, DIGIT_HEIGHT, TIME_COLOUR);
}

/** In pixels. */
function digitsWidth(text: string): number {
  return drawDigits(new PixelCanvas(1, 1), text, 0, 0, DIGIT_HEIGHT, NUMBER_COLOUR);
}
