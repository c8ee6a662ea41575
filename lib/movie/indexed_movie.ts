import { readJpegDimensions } from "../jpeg/jpeg_dimensions.ts";
import { describeBytes } from "./describe_bytes.ts";
import type { FrameIndex } from "./frame_index.ts";
import type { Movie } from "./movie.ts";
import { MovieReadError } from "./movie_read_error.ts";
import type { ReadAt } from "./read_at.ts";

/** What an `IndexedMovie` is made of. */
export interface IndexedMovieParts {
  readonly name: string;
  readonly framesPerSecond: number;
  readonly etag: string;
  /** When the file was written last, in Unix milliseconds, where that is known. */
  readonly writtenUnixMs?: number;
  /** At least one frame. */
  readonly frames: FrameIndex;
  readonly readAt: ReadAt;
  /** So many bytes from an offset on will be read soon; returns at once. */
  readonly readAhead?: (offset: number, length: number) => void;
}

/** A movie in a file whose frames were found before: each is one positioned read. */
export class IndexedMovie implements Movie {
  readonly name: string;
  readonly framesPerSecond: number;
  readonly etag: string;
  readonly width: number;
  readonly height: number;
  readonly startUnixMs?: number;
  readonly #frames: FrameIndex;
  readonly #readAt: ReadAt;
  readonly #readAhead: IndexedMovieParts["readAhead"];

  /**
   * Reads the first frame for the picture's size.
   *
   * @throws {WireError} The first frame is not a JPEG whose size can be read.
   * @throws {MovieReadError} The first frame cannot be read at all.
   */
  constructor(parts: IndexedMovieParts) {
    this.name = parts.name;
    this.framesPerSecond = parts.framesPerSecond;
    this.etag = parts.etag;
    this.#frames = parts.frames;
    this.#readAt = parts.readAt;
    this.#readAhead = parts.readAhead;
    const { width, height } = readJpegDimensions(this.frame(0));
    this.width = width;
    this.height = height;
    if (parts.writtenUnixMs !== undefined) {
      // What records a movie writes its last frame last.
      const durationMs = parts.frames.count / parts.framesPerSecond * 1000;
      this.startUnixMs = Math.round(parts.writtenUnixMs - durationMs);
    }
  }

  get maxFrameLength(): number {
    return this.#frames.largest;
  }

  get frameCount(): number {
    return this.#frames.count;
  }

  readAhead(index: number): void {
    this.#readAhead?.(this.#frames.offsetOf(index), this.#frames.lengthOf(index));
  }

  frame(index: number): Uint8Array {
    const offset = this.#frames.offsetOf(index);
    const jpeg = new Uint8Array(this.#frames.lengthOf(index));
    const place = { movie: this.name, frame: index + 1, offset };
    let read: number;
    try {
      read = this.#readAt(offset, jpeg);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new MovieReadError({ ...place, reason }, { cause });
    }
    if (read < jpeg.length) {
      const reason = `${read} of ${jpeg.length} bytes are there`;
      throw new MovieReadError({ ...place, reason });
    }
    if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) {
      const found = describeBytes(jpeg.subarray(0, 2));
      const reason = `found ${found}, wanted a JPEG (ff d8): the file was changed, or is broken`;
      throw new MovieReadError({ ...place, reason });
    }
    return jpeg;
  }
}
