import type { Movie } from "../movie/movie.ts";
import type { JpegScaler } from "./jpeg_scaler.ts";

/** Scaled pictures that are kept, in bytes. */
const MOST_KEPT_OCTETS = 16 * 1024 * 1024;
/** Scaled pictures that may be asked for at a time. */
const MOST_WAITING = 256;

/** Single frames of movies, whole or smaller; the smaller ones are kept. */
export class SnapshotMaker {
  readonly #scaler: JpegScaler;
  readonly #kept = new Map<string, Uint8Array>();
  readonly #waiting = new Map<string, Promise<Uint8Array>>();
  #keptOctets = 0;

  constructor(scaler: JpegScaler) {
    this.#scaler = scaler;
  }

  /** Bytes of scaled pictures that are kept. */
  get keptOctets(): number {
    return this.#keptOctets;
  }

  /** Whether so many pictures are being scaled that one more has to wait for too long. */
  get isBusy(): boolean {
    return this.#waiting.size >= MOST_WAITING;
  }

  /**
   * One frame as a JPEG.
   *
   * @param index From 0 to `frameCount - 1`.
   * @param width `undefined`: as it is.
   * @throws {MovieReadError} The file broke since it was opened.
   * @throws {Error} One sentence: the frame cannot be scaled.
   */
  async take(movie: Movie, index: number, width: number | undefined): Promise<Uint8Array> {
    if (width === undefined || width >= movie.width) return movie.frame(index);
    const key = `${movie.etag} ${movie.name} ${index} ${width}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key); // and back in: the last used is the last
      this.#kept.set(key, kept);
      return kept;
    }
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) return await waiting;
    const scaling = this.#scale(key, movie.frame(index), width);
    this.#waiting.set(key, scaling);
    try {
      return await scaling;
    } finally {
      this.#waiting.delete(key);
    }
  }

  async #scale(key: string, jpeg: Uint8Array, width: number): Promise<Uint8Array> {
    const scaled = await this.#scaler.scale(jpeg, width);
    this.#kept.set(key, scaled);
    this.#keptOctets += scaled.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#keptOctets <= MOST_KEPT_OCTETS) break;
      this.#kept.delete(oldest);
      this.#keptOctets -= length;
    }
    return scaled;
  }
}
