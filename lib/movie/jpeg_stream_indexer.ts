import { JpegStreamSplitter } from "../jpeg/jpeg_stream_splitter.ts";
import { describeBytes } from "./describe_bytes.ts";
import { FrameIndex } from "./frame_index.ts";
import type { MovieIndex, MovieIndexer } from "./movie_indexer.ts";

const SHOWN_LENGTH = 8;

/**
 * Finds the frames of a raw JPEG stream: JPEGs one after the other, without lengths. Every byte has to
 * be looked at, so nothing is skippable; what is no frame is passed over and remarked.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const indexer = new JpegStreamIndexer();
 * indexer.push(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9, 0xff, 0xd8, 0xff, 0xd9));
 * const { frames } = indexer.finish();
 * assertEquals([frames.count, frames.offsetOf(1), frames.lengthOf(1)], [2, 4, 4]);
 * ```
 */
export class JpegStreamIndexer implements MovieIndexer {
  readonly skippable = 0;
  readonly #splitter = new JpegStreamSplitter();
  readonly #frames = new FrameIndex();
  #start = new Uint8Array();

  push(bytes: Uint8Array): void {
    if (this.#start.length < SHOWN_LENGTH) {
      const more = bytes.subarray(0, SHOWN_LENGTH - this.#start.length);
      this.#start = Uint8Array.of(...this.#start, ...more);
    }
    for (const frame of this.#splitter.push(bytes)) {
      this.#frames.append(frame.offset, frame.bytes.length);
    }
  }

  skip(length: number): void {
    if (length > 0) throw new RangeError(`Cannot skip ${length} bytes: 0 are skippable`);
  }

  finish(): MovieIndex {
    for (const frame of this.#splitter.finish()) {
      this.#frames.append(frame.offset, frame.bytes.length);
    }
    const frames = this.#frames;
    frames.trim();
    if (frames.count === 0) {
      const found = describeBytes(this.#start);
      return { frames, problem: { frame: 1, offset: 0, found, wanted: "a whole JPEG" } };
    }
    const passed = this.#splitter.skippedLength;
    if (passed === 0) return { frames };
    return { frames, remark: `${passed} bytes that belong to no whole frame are passed over` };
  }
}
