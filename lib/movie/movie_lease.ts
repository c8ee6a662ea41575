import type { Movie } from "./movie.ts";

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
  /**
   * 400: the name's query makes no sense. 404: nothing to be served under that name. 415: not a movie.
   * 500: the file system failed.
   */
  readonly status: 400 | 404 | 415 | 500;
  /** One sentence for the log; for 400 and 415 also for the peer. */
  readonly reason: string;
}
