import type { Movie } from "./movie.ts";

/** One picture as a movie without end: each frame is its only one, and the same array each time. */
export class StillMovie implements Movie {
  readonly name: string;
  readonly frameCount = Infinity;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly etag: string;
  readonly #picture: Movie;
  #jpeg: Uint8Array | undefined;

  /** @param picture A movie of one frame. */
  constructor(picture: Movie) {
    this.name = picture.name;
    this.framesPerSecond = picture.framesPerSecond;
    this.width = picture.width;
    this.height = picture.height;
    this.etag = picture.etag;
    this.#picture = picture;
  }

  frame(index: number): Uint8Array {
    if (!Number.isSafeInteger(index) || index < 0) {
      throw new RangeError(`No frame ${index}: they count from 0`);
    }
    return this.#jpeg ??= this.#picture.frame(0);
  }
}
