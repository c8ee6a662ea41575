import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";

export type { MovieLease, MovieRefusal };

/**
 * Where movies come from by name: a media folder, or what is built into the program.
 */
export interface MovieSource {
  /**
   * Opens a movie for one session; never throws for anything that a peer can ask for.
   *
   * @param name As in the URL, with or without percent-encoding.
   */
  open(name: string): Promise<MovieLease | MovieRefusal>;
  /** The movies that `open` would open, by name. */
  list(): Promise<MovieSummary[]>;
}

/** What a list of movies says about one. */
export interface MovieSummary {
  /** What `open` takes; with `/` between folders. */
  readonly name: string;
  /** Of the file, in bytes. */
  readonly length: number;
  /** When the file was changed last, in Unix milliseconds; `undefined` where that is not known. */
  readonly modifiedMs: number | undefined;
}
