/**
 * A movie as the server sees it: its frames, whole JPEGs, by index in constant time.
 *
 * Indexed when it was opened, so that a frame is one positioned synchronous read. Indexes count from
 * 0; where people see a frame's number (messages, file names, RTP in the lab dialect) it counts from 1.
 */
export interface Movie {
  /** As in the URL: `movie.Mjpeg`. */
  readonly name: string;
  /** Whole frames that can be read; `Infinity` for a movie that is made on the fly. */
  readonly frameCount: number;
  /** At normal speed; more than 0. */
  readonly framesPerSecond: number;
  /** Of the first frame, in pixels. */
  readonly width: number;
  /** Of the first frame, in pixels. */
  readonly height: number;
  /** Of the longest frame, in bytes; absent where that is not known. */
  readonly maxFrameLength?: number;
  /** Changes whenever the content does; no quotes, printable ASCII. */
  readonly etag: string;
  /**
   * Of a live movie: when its frame 0 was, in Unix milliseconds; frame `i` is of the time
   * `liveSinceMs + i * 1000 / framesPerSecond`. Who wants to see it joins at the frame that is due,
   * `liveIndexAt(movie, unixMs)`. Absent for movies that everybody sees from their start.
   */
  readonly liveSinceMs?: number;
  /**
   * When the first frame was taken, in Unix milliseconds, as far as a file tells: its last change less its
   * length. Absent where that is not known.
   */
  readonly startUnixMs?: number;
  /**
   * One whole JPEG: a view or a fresh array, never changed afterwards.
   *
   * @param index From 0 to `frameCount - 1`; anything else is a bug, and throws a `RangeError`.
   * @throws {MovieReadError} The file broke since it was opened: cut short, or the disk failed.
   */
  frame(index: number): Uint8Array;
  /**
   * A frame will be wanted soon: what is slow about reading it is done meanwhile, beside all else. Returns
   * at once; absent where nothing is slow.
   *
   * @param index As for `frame()`.
   */
  readAhead?(index: number): void;
}
