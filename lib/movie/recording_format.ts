import type { FileWrite } from "./file_write.ts";

/** How frames become a file while they come in; pure: each call gives what has to be written, in order. */
export interface RecordingFormat {
  /**
   * The next frame.
   *
   * @param jpeg May be kept until a later call; nobody changes it.
   * @param number Of the frame, from 1, for the error.
   * @param timeMs When it is to be seen; never less than that of the frame before.
   * @throws {RangeError} The format cannot hold this frame; the file goes on without it.
   */
  frame(jpeg: Uint8Array, number: number, timeMs: number): FileWrite[];
  /** What makes the file whole, to be written last. */
  finish(): FileWrite[];
  /** How much the file grows by `finish`, at most, in bytes. */
  readonly reserveLength: number;
}
