/** What a `MovieReadError` knows. */
export interface MovieReadErrorDetails {
  /** The movie's name. */
  readonly movie: string;
  /** The frame's number, from 1. */
  readonly frame: number;
  /** Where the frame starts in the file. */
  readonly offset: number;
  /** `7 of 8,534 bytes are there`. */
  readonly reason: string;
}

/**
 * A frame that was there when the movie was opened cannot be read any more: ends the sessions that
 * play it, nothing else.
 */
export class MovieReadError extends Error {
  override readonly name = "MovieReadError";
  /** The movie's name. */
  readonly movie: string;
  /** The frame's number, from 1. */
  readonly frame: number;
  /** Where the frame starts in the file. */
  readonly offset: number;
  /** What went wrong, without the place. */
  readonly reason: string;

  constructor(details: MovieReadErrorDetails, options?: ErrorOptions) {
    const { movie, frame, offset, reason } = details;
    super(`Cannot read frame ${frame} of "${movie}" at byte ${offset}: ${reason}`, options);
    this.movie = movie;
    this.frame = frame;
    this.offset = offset;
    this.reason = reason;
  }
}
