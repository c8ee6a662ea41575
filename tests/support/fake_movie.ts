import type { Movie } from "../../lib/movie/movie.ts";
import type { MovieLease } from "../../lib/movie/movie_lease.ts";

/** A movie in memory with a lease that counts its releases. */
export class FakeMovie implements Movie {
  readonly etag = "fake";
  readonly width = 384;
  readonly height = 288;
  /** How often `frame()` was called. */
  reads = 0;
  /** Leases handed out and not released. */
  leased = 0;

  constructor(
    readonly name: string,
    readonly frames: readonly Uint8Array[],
    readonly framesPerSecond: number = 20,
  ) {}

  get frameCount(): number {
    return this.frames.length;
  }

  frame(index: number): Uint8Array {
    const frame = this.frames[index];
    if (frame === undefined) throw new RangeError(`Cannot read frame ${index}`);
    this.reads++;
    return frame;
  }

  /** A lease as the library gives it out. */
  lease(): MovieLease {
    this.leased++;
    let released = false;
    const release = () => {
      if (!released) this.leased--;
      released = true;
    };
    return { kind: "movie", movie: this, release, [Symbol.dispose]: release };
  }
}
