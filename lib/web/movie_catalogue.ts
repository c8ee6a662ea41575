import type { Movie } from "../movie/movie.ts";
import { literalName } from "./literal_name.ts";
import type { ListedMovie, MoviePort } from "./movie_port.ts";
import type { MovieContent, MovieView } from "./movie_view.ts";

interface Known {
  /** Of the file as it was looked at. */
  readonly tag: string;
  readonly content: MovieContent | null;
  readonly problem: string | null;
}

/**
 * What the movies are, beside their names: each file is opened once, one after the other, behind the back
 * of whoever asks for the list.
 */
export class MovieCatalogue {
  readonly #movies: MoviePort;
  readonly #changed: () => void;
  #known = new Map<string, Known>();
  #waiting: ListedMovie[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  /** @param changed Called when more is known than the last list said. */
  constructor(movies: MoviePort, changed: () => void) {
    this.#movies = movies;
    this.#changed = changed;
  }

  /** All movies, with what is known about them now. */
  async list(): Promise<MovieView[]> {
    const listed = await this.#movies.list();
    const known = new Map<string, Known>();
    this.#waiting = [];
    for (const movie of listed) {
      const found = this.#known.get(movie.name);
      if (found?.tag === tagOf(movie)) known.set(movie.name, found);
      else this.#waiting.push(movie);
    }
    this.#known = known;
    if (this.#waiting.length > 0 && !this.#closed) this.#running ??= this.#lookAtAll();
    return listed.map(({ name, length, modifiedMs = null }) => {
      const { content = null, problem = null } = known.get(name) ?? {};
      return { name, octets: length, modifiedMs, content, problem };
    });
  }

  /** Looks at nothing more; resolves when the movie that is looked at is let go. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #lookAtAll(): Promise<void> {
    for (;;) {
      const movie = this.#closed ? undefined : this.#waiting.shift();
      if (movie === undefined) break;
      this.#known.set(movie.name, await this.#lookAt(movie));
      this.#changed();
    }
    this.#running = undefined;
  }

  async #lookAt(movie: ListedMovie): Promise<Known> {
    const tag = tagOf(movie);
    const result = await this.#movies.open(literalName(movie.name));
    if (result.kind === "refusal") return { tag, content: null, problem: result.reason };
    using lease = result;
    return { tag, content: contentOf(lease.movie), problem: lease.warning ?? null };
  }
}

function tagOf({ length, modifiedMs }: ListedMovie): string {
  return `${length} ${modifiedMs}`;
}

function contentOf(movie: Movie): MovieContent {
  const { frameCount, framesPerSecond, width, height, etag, liveSinceMs } = movie;
  const isEndless = frameCount === Infinity;
  return {
    frames: isEndless ? null : frameCount,
    framesPerSecond,
    seconds: isEndless ? null : frameCount / framesPerSecond,
    width,
    height,
    live: liveSinceMs !== undefined,
    etag,
  };
}
