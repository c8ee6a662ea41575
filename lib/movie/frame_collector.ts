import { FrameIndex } from "./frame_index.ts";

/**
 * The frames of a file in their order. An empty one stands for the frame before it;
 * at the start, for the first one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const frames = new FrameCollector();
 * frames.append(100, 0);
 * frames.append(108, 500);
 * frames.append(616, 0);
 * const { index } = frames;
 * assertEquals([index.count, index.offsetOf(0), index.lengthOf(2)], [3, 108, 500]);
 * ```
 */
export class FrameCollector {
  /** All frames so far that a JPEG is known of. */
  readonly index = new FrameIndex();
  /** Empty ones before the first that is not. */
  #leading = 0;

  /** Adds the next frame: where its content is, and how long. */
  append(offset: number, length: number): void {
    const { index } = this;
    if (length > 0) {
      for (; this.#leading > 0; this.#leading--) index.append(offset, length);
      index.append(offset, length);
    } else if (index.count > 0) {
      const last = index.count - 1;
      index.append(index.offsetOf(last), index.lengthOf(last));
    } else {
      this.#leading++;
    }
  }
}
