import { TestMovie } from "../movie/test_movie.ts";
import { parseTestPattern } from "../movie/test_pattern.ts";
import type { MovieLease, MovieRefusal, MovieSource, MovieSummary } from "./movie_source.ts";

const NAME = "test";
/** Patterns that are kept, so that all who ask for one share its frames. */
const MOST_KEPT = 8;

/**
 * Movies that are made on the fly, under the name `test`, or with a query, as in
 * `test?size=1280x720&fps=30`.
 */
export class TestMovies implements MovieSource {
  readonly #unixMs: () => number;
  readonly #movies = new Map<string, TestMovie>();

  /** @param unixMs The time, in Unix milliseconds; the clock's, unless given. */
  constructor(unixMs: () => number = () => Date.now()) {
    this.#unixMs = unixMs;
  }

  /** Whether a movie of that name is one of these. */
  static isNamed(name: string): boolean {
    return name === NAME || name.startsWith(`${NAME}?`);
  }

  open(name: string): Promise<MovieLease | MovieRefusal> {
    return Promise.resolve(this.#open(name));
  }

  list(): Promise<MovieSummary[]> {
    return Promise.resolve([{ name: NAME, length: 0, modifiedMs: undefined }]);
  }

  #open(name: string): MovieLease | MovieRefusal {
    const reason = (why: string) => `Cannot open ${JSON.stringify(name)}: ${why}`;
    if (!TestMovies.isNamed(name)) {
      return { kind: "refusal", status: 404, reason: reason(`only ${NAME} is made on the fly`) };
    }
    const pattern = parseTestPattern(name.slice(NAME.length + 1));
    if (typeof pattern === "string") {
      return { kind: "refusal", status: 400, reason: reason(pattern) };
    }
    const key = Object.values(pattern).join();
    // Frame 0 is in time already: a whole second, so that frames are due at full milliseconds.
    const movie = this.#movies.get(key) ??
      new TestMovie(name, pattern, Math.floor(this.#unixMs() / 1000) * 1000);
    this.#movies.delete(key); // and back in: the last used is the last
    this.#movies.set(key, movie);
    for (const oldest of [...this.#movies.keys()].slice(0, -MOST_KEPT)) this.#movies.delete(oldest);
    return { kind: "movie", movie, release() {}, [Symbol.dispose]() {} };
  }
}
