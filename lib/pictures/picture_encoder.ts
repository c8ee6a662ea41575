import { JpegEncoder } from "../jpeg/jpeg_encoder.ts";
import type { Picture } from "./picture.ts";

const JPEG_QUALITY = 88;

/** The kinds of files that pictures are written as. */
export type PictureKind = "jpg" | "png";

/**
 * What a file of this name holds, by its ending: `.jpg`, `.jpeg` or `.png`; `undefined` where it has none
 * of these.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["a.JPEG", "a.png", "a.gif"].map(pictureKindOf), ["jpg", "png", undefined]);
 * ```
 */
export function pictureKindOf(path: string): PictureKind | undefined {
  if (/\.jpe?g$/i.test(path)) return "jpg";
  return /\.png$/i.test(path) ? "png" : undefined;
}

/** Makes files of pictures; keeps what pictures of one size have in common. */
export class PictureEncoder {
  readonly #kind: PictureKind;
  #jpeg:
    | { readonly encoder: JpegEncoder; readonly width: number; readonly height: number }
    | undefined;

  constructor(kind: PictureKind) {
    this.#kind = kind;
  }

  /** The content of a file. */
  async encode(picture: Picture): Promise<Uint8Array> {
    const { width, height, pixels } = picture;
    switch (this.#kind) {
      case "jpg":
        return this.#encoderFor(width, height).encode(pixels);
      case "png": {
        const { encode } = await import("fast-png"); // where no PNG is wanted, it is not loaded
        return encode({ width, height, data: pixels, channels: 3, depth: 8 });
      }
      default:
        return this.#kind satisfies never;
    }
  }

  #encoderFor(width: number, height: number): JpegEncoder {
    if (this.#jpeg?.width !== width || this.#jpeg.height !== height) {
      const encoder = new JpegEncoder(width, height, { quality: JPEG_QUALITY, sampling: "4:4:4" });
      this.#jpeg = { encoder, width, height };
    }
    return this.#jpeg.encoder;
  }
}
