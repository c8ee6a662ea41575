import { BandedJpegEncoder } from "./banded_jpeg_encoder.ts";
import type { Movie } from "./movie.ts";
import { type Colour, PixelCanvas } from "./pixel_canvas.ts";
import { TestBand } from "./test_band.ts";
import type { TestPattern } from "./test_pattern.ts";

const MCU_SIZE = 16;
/** 75 % of white, yellow, cyan, green, magenta, red, blue and black. */
const BARS: readonly Colour[] = [
  [191, 191, 191],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
  [0, 0, 0],
];
const GREYS = 16;

/**
 * A movie that is made on the fly: colour bars and a ramp of greys, and below them each frame's number
 * and time, for eyes and as blocks (`readFrameBlocks`; row 0 is the number from 1, row 1 the time in Unix
 * milliseconds, both modulo 4096).
 *
 * The time is the one at which the frame is due, so that a frame is the same for all who see it, and how
 * late it is where it is seen tells the latency of all that is between.
 */
export class TestMovie implements Movie {
  readonly name: string;
  readonly frameCount = Infinity;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly etag: string;
  readonly liveSinceMs: number;
  readonly #band: TestBand;
  readonly #encoder: BandedJpegEncoder;

  /**
   * @param name As in the URL.
   * @param liveSinceMs When frame 0 is due, in Unix milliseconds.
   */
  constructor(name: string, pattern: TestPattern, liveSinceMs: number) {
    const { width, height, framesPerSecond } = pattern;
    this.name = name;
    this.width = width;
    this.height = height;
    this.framesPerSecond = framesPerSecond;
    this.liveSinceMs = liveSinceMs;
    this.etag = `test-${width}x${height}-${framesPerSecond}-${Math.floor(liveSinceMs)}`;
    const above = Math.floor((height - TestBand.heightFor(width)) / MCU_SIZE) * MCU_SIZE;
    this.#band = new TestBand(width, height - above);
    this.#encoder = new BandedJpegEncoder(drawBackground(width, height, above), height - above);
  }

  frame(index: number): Uint8Array {
    if (!Number.isSafeInteger(index) || index < 0) {
      throw new RangeError(`No frame ${index}: they count from 0`);
    }
    this.#band.draw(index + 1, this.liveSinceMs + index * 1000 / this.framesPerSecond);
    return this.#encoder.encode(this.#band.canvas.pixels);
  }
}

function drawBackground(width: number, height: number, above: number): PixelCanvas {
  const canvas = new PixelCanvas(width, height);
  const greysTop = Math.floor(above * 0.8);
  drawRow(canvas, BARS, 0, greysTop);
  const greys = Array.from({ length: GREYS }, (_, i): Colour => {
    const level = Math.round(i * 255 / (GREYS - 1));
    return [level, level, level];
  });
  drawRow(canvas, greys, greysTop, above);
  return canvas;
}

/** Colours side by side, equally wide. */
function drawRow(canvas: PixelCanvas, colours: readonly Colour[], top: number, end: number): void {
  colours.forEach((colour, i) => {
    const left = Math.round(i * canvas.width / colours.length);
    const right = Math.round((i + 1) * canvas.width / colours.length);
    canvas.fillRectangle(left, top, right - left, end - top, colour);
  });
}
