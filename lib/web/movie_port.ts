import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";

/** What a list of movies says about one. */
export interface ListedMovie {
  /** What `open` takes; with `/` between folders. */
  readonly name: string;
  /** Of the file, in bytes. */
  readonly length: number;
  /** When the file was changed last, in Unix milliseconds; `undefined` where that is not known. */
  readonly modifiedMs: number | undefined;
}

/** Where the pages' movies come from: what a media folder and the movies in the program have in common. */
export interface MoviePort {
  /** Opens a movie by its name; never throws for anything that a peer can ask for. */
  open(name: string): Promise<MovieLease | MovieRefusal>;
  /** The movies that `open` would open, by name. */
  list(): Promise<readonly ListedMovie[]>;
}
