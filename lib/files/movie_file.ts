import { fileEtag } from "./file_etag.ts";
import type { ReadAt } from "../movie/read_at.ts";
import type { MovieLease, MovieRefusal } from "./movie_source.ts";
import { type OpenedMovie, openMovie } from "./open_movie.ts";
import { ReadAhead } from "./read_ahead.ts";

/** Which file it is, as it was found. */
export interface MovieFilePlace {
  /** As in the URL. */
  readonly name: string;
  /** Without symbolic links. */
  readonly path: string;
  readonly etag: string;
  /** Of the whole file. */
  readonly length: number;
  readonly framesPerSecond: number;
  /** When it was changed last, in Unix milliseconds, where that is known. */
  readonly writtenUnixMs?: number;
}

/**
 * A movie's file, shared by all who play it: indexed once, open while somebody has a lease.
 */
export class MovieFile {
  readonly #place: MovieFilePlace;
  #file: Deno.FsFile | undefined;
  #opened: Promise<OpenedMovie | MovieRefusal> | undefined;
  #leases = 0;

  constructor(place: MovieFilePlace) {
    this.#place = place;
  }

  /** Changes whenever the file does. */
  get etag(): string {
    return this.#place.etag;
  }

  /** Whether somebody has a lease, or is about to. */
  get inUse(): boolean {
    return this.#leases > 0;
  }

  /**
   * A lease, or why the file is no movie; `"changed"` when it is another file than was found.
   *
   * @throws {Error} The file system's, where the file cannot be opened or read.
   */
  async lease(): Promise<MovieLease | MovieRefusal | "changed"> {
    this.#leases++;
    try {
      if (!this.#ensureOpen()) return this.#giveUp("changed");
      this.#opened ??= this.#index();
      const opened = await this.#opened;
      return opened.kind === "refusal" ? this.#giveUp(opened) : this.#leaseOf(opened);
    } catch (error) {
      this.#opened = undefined;
      this.#leave();
      throw error;
    }
  }

  #giveUp<T>(answer: T): T {
    this.#leave();
    return answer;
  }

  #leaseOf(opened: OpenedMovie): MovieLease {
    let released = false;
    const release = () => {
      if (!released) this.#leave();
      released = true;
    };
    const { movie, warning } = opened;
    return {
      kind: "movie",
      movie,
      ...warning !== undefined && { warning },
      release,
      [Symbol.dispose]: release,
    };
  }

  #leave(): void {
    this.#leases--;
    if (this.#leases > 0) return;
    this.#file?.close();
    this.#file = undefined;
  }

  /** Opens the file if nobody had it open; whether it is the one that was found. */
  #ensureOpen(): boolean {
    if (this.#file !== undefined) return true;
    this.#file = Deno.openSync(this.#place.path);
    return fileEtag(this.#file.statSync()) === this.#place.etag;
  }

  #index(): Promise<OpenedMovie | MovieRefusal> {
    const readAt: ReadAt = (offset, into) => this.#readAt(offset, into);
    const ahead = new ReadAhead(() => Deno.open(this.#place.path));
    return openMovie({
      ...this.#place,
      readAt,
      readAhead: (offset, length) => ahead.want(offset, length),
    });
  }

  #readAt(offset: number, into: Uint8Array): number {
    const file = this.#file;
    if (file === undefined) throw new TypeError(`"${this.#place.name}" is read after its release`);
    file.seekSync(offset, Deno.SeekMode.Start);
    let filled = 0;
    while (filled < into.length) {
      const read = file.readSync(into.subarray(filled));
      if (read === null) break;
      filled += read;
    }
    return filled;
  }
}
