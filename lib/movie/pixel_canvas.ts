/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * A picture to draw into.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const canvas = new PixelCanvas(2, 1);
 * canvas.fillRectangle(1, 0, 9, 9, [255, 255, 255]); // what lies outside is left out
 * assertEquals(canvas.pixels, Uint8Array.of(0, 0, 0, 255, 255, 255));
 * ```
 */
export class PixelCanvas {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** RGB, row by row; black at first. */
  readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
  }

  /** Fills whole pixels; what lies outside the picture is left out. */
  fillRectangle(x: number, y: number, width: number, height: number, colour: Colour): void {
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)];
    const [red, green, blue] = colour;
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      let at = (row * this.width + left) * 3;
      for (let column = left; column < right; column++) {
        this.pixels[at++] = red;
        this.pixels[at++] = green;
        this.pixels[at++] = blue;
      }
    }
  }

  /**
   * Lays a colour over one pixel; outside the picture nothing happens.
   *
   * @param opacity 0 leaves the pixel, 1 covers it.
   */
  blend(x: number, y: number, colour: Colour, opacity: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * 3;
    for (let channel = 0; channel < 3; channel++) {
      const below = this.pixels[at + channel] as number;
      this.pixels[at + channel] = Math.round(
        below + ((colour[channel] as number) - below) * opacity,
      );
    }
  }
}
