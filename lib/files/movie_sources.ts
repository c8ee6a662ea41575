import type { MovieLease, MovieRefusal, MovieSource, MovieSummary } from "./movie_source.ts";

/** Several sources as one: the first that knows a name opens it. */
export class MovieSources implements MovieSource {
  readonly #sources: readonly MovieSource[];

  /** @param sources At least one. */
  constructor(sources: readonly MovieSource[]) {
    if (sources.length === 0) throw new RangeError("Cannot open movies without a source");
    this.#sources = sources;
  }

  async open(name: string): Promise<MovieLease | MovieRefusal> {
    let refusal: MovieRefusal | undefined;
    for (const source of this.#sources) {
      const result = await source.open(name);
      if (result.kind === "movie" || result.status !== 404) return result;
      refusal ??= result;
    }
    if (refusal === undefined) throw new TypeError("Cannot open movies: every source refuses");
    return refusal;
  }

  async list(): Promise<MovieSummary[]> {
    return (await Promise.all(this.#sources.map((source) => source.list()))).flat();
  }
}
