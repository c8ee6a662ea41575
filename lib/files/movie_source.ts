import type { Movie } from "../movie/movie.ts";

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

/**
 * A movie for as long as one session wants it. All leases of an unchanged file share one `Movie`
 * object, also after a pause without any; its file is closed when the last lease is released.
 */
export interface MovieLease extends Disposable {
  readonly kind: "movie";
  /** Not to be read from after `release`. */
  readonly movie: Movie;
  /** What of the file cannot be played, as a sentence; absent when all of it can. */
  readonly warning?: string;
  /** The session wants no more frames; a second call does nothing. */
  release(): void;
}

/** Why a movie is not to be had. */
export interface MovieRefusal {
  readonly kind: "refusal";
  /** 404: nothing to be served under that name. 415: not a movie. 500: the file system failed. */
  readonly status: 404 | 415 | 500;
  /** One sentence for the log; for 415 also for the peer. */
  readonly reason: string;
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
