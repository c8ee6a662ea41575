/** What a stream holds while nothing of it is unread; shared by all, as most have nothing most of the time. */
const NOTHING: Uint8Array = new Uint8Array();

/**
 * The unread bytes of a stream. Views of them stay as they are: nothing is moved or overwritten, and a
 * chunk is copied only for what is left of it after a push.
 */
export class StreamBuffer {
  #bytes: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;
  /** Whether `#bytes` is ours to write to, behind `#end`. */
  #owned = true;

  /** All unread bytes. */
  get view(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** Adds a chunk, which must not change until `own()` was called. */
  append(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const unread = this.#end - this.#start;
    if (unread === 0) {
      [this.#bytes, this.#start, this.#end, this.#owned] = [chunk, 0, chunk.length, false];
      return;
    }
    if (!this.#owned || this.#end + chunk.length > this.#bytes.length) {
      this.#moveTo(Math.max(2 * unread, unread + chunk.length));
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Passes over `length` bytes. */
  consume(length: number): void {
    this.#start += length;
  }

  /** Lets go of the caller's chunk. */
  own(): void {
    if (!this.#owned) this.#moveTo(this.#end - this.#start);
  }

  #moveTo(capacity: number): void {
    const view = this.view;
    this.#bytes = capacity === 0 ? NOTHING : new Uint8Array(capacity);
    this.#bytes.set(view);
    [this.#start, this.#end, this.#owned] = [0, view.length, true];
  }
}
