/** A new movie on disk, which nobody sees before it is whole. */
export interface MovieSink {
  /**
   * Writes the next frame.
   *
   * @param number Of the frame, from 1.
   * @throws {Error} One sentence for the user where the kind of movie cannot hold it; the file system's.
   */
  write(jpeg: Uint8Array, number: number): Promise<void>;
  /** All frames are written: gives the movie its name. */
  commit(): Promise<void>;
  /** Leaves nothing behind; after `commit` it does nothing. */
  discard(): Promise<void>;
}
