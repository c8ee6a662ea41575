import { blockGrids } from "./block_grid.ts";
import { decodeCoefficients } from "./decode_coefficients.ts";
import { decodeDcPlanes } from "./decode_dc_planes.ts";
import { type BlockSize, InverseDct } from "./inverse_dct.ts";
import { inversePlane } from "./inverse_plane.ts";
import type { JpegImage } from "./jpeg_image.ts";
import type { Plane } from "./resample_plane.ts";

/** A decoded picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row from the top, opaque. */
  readonly rgba: Uint8ClampedArray;
}

/** A component as samples, and where they lie in the picture. */
interface PlacedPlane {
  /** From 0 to 255. */
  readonly samples: Uint8ClampedArray;
  readonly width: number;
  /** By the picture's column: the sample's. */
  readonly columns: Int32Array;
  /** By the picture's row: the sample's. */
  readonly rows: Int32Array;
}

/**
 * Decodes an image at 1/1, 1/2, 1/4 or 1/8 of its size: each pixel is the mean of those that it stands
 * for. Chroma that has fewer samples than pixels is repeated. 1/8 reads DC coefficients only and is
 * much the fastest.
 *
 * @param scale What width and height are divided by, rounded up.
 * @throws WireError as `decodeCoefficients` does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { JpegEncoder } from "./jpeg_encoder.ts";
 * import { parseJpegImage } from "./jpeg_image.ts";
 *
 * const black = new JpegEncoder(16, 9).encode(new Uint8Array(16 * 9 * 3));
 * const { width, height, rgba } = decodePixels(parseJpegImage(black), 8);
 * assertEquals([width, height], [2, 2]);
 * assertEquals(rgba.subarray(0, 4), Uint8ClampedArray.of(0, 0, 0, 255));
 * ```
 */
export function decodePixels(image: JpegImage, scale: BlockSize): Pixels {
  const width = Math.ceil(image.width / scale);
  const height = Math.ceil(image.height / scale);
  const planes = placedPlanes(image, scale, width, height);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const [first, second, third] = planes;
  if (first === undefined) throw new RangeError("An image has at least one component");
  if (second === undefined || third === undefined) writeGrey(first, width, rgba);
  else if (image.rgb === true) writeRgb([first, second, third], width, rgba);
  else writeYcc(first, second, third, width, rgba);
  return { width, height, rgba };
}

function placedPlanes(
  image: JpegImage,
  scale: BlockSize,
  width: number,
  height: number,
): PlacedPlane[] {
  const grids = blockGrids(image);
  const mostAcross = Math.max(...grids.map((grid) => grid.horizontal));
  const mostDown = Math.max(...grids.map((grid) => grid.vertical));
  // Pixels that a block covers, in each direction.
  const covers = grids.map((grid) => ({
    across: 8 * mostAcross / grid.horizontal / scale,
    down: 8 * mostDown / grid.vertical / scale,
  }));
  const sizes = covers.map(({ across, down }) =>
    scale === 8
      ? { across: 1, down: 1 } as const
      : { across: blockSize(across), down: blockSize(down) }
  );
  const planes = scale === 8 ? decodeDcPlanes(image) : inversePlanes(image, sizes);
  return planes.map((plane, index): PlacedPlane => {
    const [cover, size] = [covers[index], sizes[index]];
    if (cover === undefined || size === undefined) throw new RangeError("One plane, one grid");
    return {
      samples: toBytes(plane.samples),
      width: plane.width,
      columns: Int32Array.from({ length: width }, (_, x) => (x + 0.5) * size.across / cover.across),
      rows: Int32Array.from({ length: height }, (_, y) => (y + 0.5) * size.down / cover.down),
    };
  });
}

/** Samples around 0 as they are from 0 to 255. */
function toBytes(samples: Float32Array): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(samples.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (samples[i] as number) + 128;
  return bytes;
}

function inversePlanes(
  image: JpegImage,
  sizes: readonly { readonly across: BlockSize; readonly down: BlockSize }[],
): Plane[] {
  return decodeCoefficients(image).components.map((component, index) => {
    const { across, down } = sizes[index] ?? { across: 8, down: 8 };
    return inversePlane(component, new InverseDct(component.quantisers, across, down));
  });
}

/** The largest size that is not more than the pixels to cover. */
function blockSize(pixels: number): BlockSize {
  return pixels >= 8 ? 8 : pixels >= 4 ? 4 : pixels >= 2 ? 2 : 1;
}

function writeGrey(plane: PlacedPlane, width: number, rgba: Uint8ClampedArray): void {
  writeRgb([plane, plane, plane], width, rgba);
}

function writeRgb(
  planes: readonly [PlacedPlane, PlacedPlane, PlacedPlane],
  width: number,
  rgba: Uint8ClampedArray,
): void {
  rgba.fill(255);
  planes.forEach(({ samples, width: stride, columns, rows }, channel) => {
    rows.forEach((sampleRow, y) => {
      const row = sampleRow * stride;
      for (let x = 0; x < width; x++) {
        const sample = samples[row + (columns[x] as number)] as number;
        rgba[(y * width + x) * 4 + channel] = sample;
      }
    });
  });
}

/** Y, Cb, Cr to R, G, B as JFIF 1.02 has them. */
function writeYcc(
  luma: PlacedPlane,
  cb: PlacedPlane,
  cr: PlacedPlane,
  width: number,
  rgba: Uint8ClampedArray,
): void {
  let at = 0;
  luma.rows.forEach((sampleRow, row) => {
    const yRow = sampleRow * luma.width;
    const cbRow = (cb.rows[row] as number) * cb.width;
    const crRow = (cr.rows[row] as number) * cr.width;
    for (let x = 0; x < width; x++) {
      const y = luma.samples[yRow + (luma.columns[x] as number)] as number;
      const b = (cb.samples[cbRow + (cb.columns[x] as number)] as number) - 128;
      const r = (cr.samples[crRow + (cr.columns[x] as number)] as number) - 128;
      rgba[at] = y + 1.402 * r;
      rgba[at + 1] = y - 0.344136 * b - 0.714136 * r;
      rgba[at + 2] = y + 1.772 * b;
      rgba[at + 3] = 255;
      at += 4;
    }
  });
}
