import { formatHex } from "../bytes/hex.ts";
import type { ReadAt } from "../movie/read_at.ts";
import { failureText } from "./failure_text.ts";
import { movieNameCandidates } from "./movie_name_candidates.ts";
import type { MovieLease, MovieRefusal, MovieSource, MovieSummary } from "./movie_source.ts";
import { type OpenedMovie, openMovie } from "./open_movie.ts";

/** The name of the movie that comes with the program. */
const EMBEDDED_NAME = "movie.Mjpeg";
const ETAG_LENGTH = 8;

/**
 * The movie that comes with the program, as a source of its own: `media/movie.Mjpeg` beside `lib/`, also
 * where `deno compile` put it into the binary. Kept in memory from the first use on: the file system in
 * a binary has neither times nor inodes.
 */
export class EmbeddedMovie implements MovieSource {
  readonly #url: URL;
  readonly #framesPerSecond: number;
  #opened: Promise<OpenedMovie | MovieRefusal> | undefined;

  /**
   * @param framesPerSecond Lab framing does not say.
   * @param url Where else the file is, for tests.
   */
  constructor(
    framesPerSecond: number,
    url: URL = new URL(`../../media/${EMBEDDED_NAME}`, import.meta.url),
  ) {
    this.#framesPerSecond = framesPerSecond;
    this.#url = url;
  }

  async open(name: string): Promise<MovieLease | MovieRefusal> {
    const named = movieNameCandidates(name);
    const known = named.kind === "candidates" && named.paths.some(isEmbedded);
    if (!known) return refusal(name, `only ${EMBEDDED_NAME} comes with the program`);
    this.#opened ??= this.#load();
    const opened = await this.#opened;
    if (opened.kind === "refusal") return opened;
    return { kind: "movie", movie: opened.movie, release() {}, [Symbol.dispose]() {} };
  }

  async list(): Promise<MovieSummary[]> {
    try {
      const { size } = await Deno.stat(this.#url);
      return [{ name: EMBEDDED_NAME, length: size, modifiedMs: undefined }];
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return [];
    }
  }

  async #load(): Promise<OpenedMovie | MovieRefusal> {
    try {
      const bytes = await Deno.readFile(this.#url);
      const digest = await crypto.subtle.digest("SHA-256", bytes);
      return await openMovie({
        name: EMBEDDED_NAME,
        length: bytes.length,
        etag: formatHex(new Uint8Array(digest, 0, ETAG_LENGTH)).replaceAll(" ", ""),
        framesPerSecond: this.#framesPerSecond,
        readAt: inMemory(bytes),
      });
    } catch (error) {
      return refusal(EMBEDDED_NAME, failureText(error));
    }
  }
}

function isEmbedded(path: readonly string[]): boolean {
  return path.length === 1 && path[0] === EMBEDDED_NAME;
}

function inMemory(bytes: Uint8Array): ReadAt {
  return (offset, into) => {
    const there = bytes.subarray(offset, offset + into.length);
    into.set(there);
    return there.length;
  };
}

function refusal(name: string, why: string): MovieRefusal {
  return { kind: "refusal", status: 404, reason: `Cannot open ${JSON.stringify(name)}: ${why}` };
}
