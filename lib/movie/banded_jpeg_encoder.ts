import { joinBytes } from "../bytes/join_bytes.ts";
import { JpegEncoder } from "../jpeg/jpeg_encoder.ts";
import type { PixelCanvas } from "./pixel_canvas.ts";

/** Rows of pixels in an MCU of 4:2:0, and columns. */
const MCU_SIZE = 16;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOS = 0xda;

/**
 * Makes JPEGs of which only a band at the lower edge changes: all above it is encoded once. A restart
 * marker stands before each row of MCUs (T.81 §E.1.4), so that rows know nothing of each other.
 */
export class BandedJpegEncoder {
  /** Headers, the rows above the band, and the marker before its first row. */
  readonly #above: Uint8Array;
  readonly #band: JpegEncoder;
  readonly #firstRow: number;

  /**
   * @param picture The whole picture; of its band only the height matters.
   * @param bandHeight In pixels; such that what is above is a multiple of 16 pixels, and not nothing.
   * @throws {RangeError} The band's height does not fit.
   */
  constructor(picture: PixelCanvas, bandHeight: number) {
    const { width, height } = picture;
    this.#firstRow = (height - bandHeight) / MCU_SIZE;
    if (!Number.isInteger(this.#firstRow) || this.#firstRow < 1 || bandHeight < 1) {
      throw new RangeError(`Cannot encode a band of ${bandHeight} in a height of ${height} pixels`);
    }
    const restartInterval = Math.ceil(width / MCU_SIZE);
    const whole = new JpegEncoder(width, height, { restartInterval }).encode(picture.pixels);
    const markers = restartMarkers(whole, scanStart(whole));
    this.#above = whole.slice(0, (markers[this.#firstRow - 1] as number) + 2);
    this.#band = new JpegEncoder(width, bandHeight, { restartInterval });
  }

  /** A whole JPEG with this band; RGB, row by row. */
  encode(band: Uint8Array): Uint8Array {
    const jpeg = this.#band.encode(band);
    const start = scanStart(jpeg);
    restartMarkers(jpeg, start).forEach((at, index) => {
      jpeg[at + 1] = RST0 | this.#firstRow + index & 7;
    });
    return joinBytes([this.#above, jpeg.subarray(start)]);
  }
}

/** Where the entropy-coded data start in a JPEG that is well-formed. */
function scanStart(jpeg: Uint8Array): number {
  let at = 2;
  for (;;) {
    const marker = jpeg[at + 1];
    at += 2 + ((jpeg[at + 2] as number) << 8 | jpeg[at + 3] as number);
    if (marker === SOS) return at;
  }
}

function restartMarkers(jpeg: Uint8Array, start: number): number[] {
  const found: number[] = [];
  for (let at = jpeg.indexOf(0xff, start); at >= 0; at = jpeg.indexOf(0xff, at + 2)) {
    const code = jpeg[at + 1] ?? 0;
    if (code >= RST0 && code <= RST7) found.push(at);
  }
  return found;
}
