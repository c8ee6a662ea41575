/** One movie as the HTTP interface shows it: plain values, as in JSON. */
export interface MovieView {
  /** As in the URL, with `/` between folders, not percent-encoded. */
  readonly name: string;
  /** Of the file, in bytes. */
  readonly octets: number;
  /** When the file was changed last, in Unix milliseconds; `null` where that is not known. */
  readonly modifiedMs: number | null;
  /** What is in it; `null` while it is not indexed yet, and where it cannot be played. */
  readonly content: MovieContent | null;
  /** Why it cannot be played, or what of it cannot, as a sentence; `null` where all of it can. */
  readonly problem: string | null;
}

/** What is in a movie. */
export interface MovieContent {
  /** `null` for a movie without end. */
  readonly frames: number | null;
  readonly framesPerSecond: number;
  /** `null` for a movie without end. */
  readonly seconds: number | null;
  readonly width: number;
  readonly height: number;
  /** Whether everybody sees the same frame at the same time. */
  readonly live: boolean;
  /** Changes whenever the content does. */
  readonly etag: string;
}
