const FIRST_CAPACITY = 256;

/**
 * Where the frames of a file are, in 12 bytes a frame: offsets up to 2^53 and lengths up to 2^32 - 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const index = new FrameIndex();
 * index.append(5, 4970);
 * assertEquals([index.count, index.offsetOf(0), index.lengthOf(0)], [1, 5, 4970]);
 * ```
 */
export class FrameIndex {
  #offsets = new Float64Array(FIRST_CAPACITY);
  #lengths = new Uint32Array(FIRST_CAPACITY);
  #count = 0;
  #largest = 0;

  /** How many frames there are. */
  get count(): number {
    return this.#count;
  }

  /** The length of the longest frame; 0 when there is none. */
  get largest(): number {
    return this.#largest;
  }

  /** Adds the next frame. */
  append(offset: number, length: number): void {
    if (this.#count === this.#offsets.length) {
      this.#resize(Math.max(FIRST_CAPACITY, 2 * this.#count));
    }
    this.#offsets[this.#count] = offset;
    this.#lengths[this.#count] = length;
    this.#count++;
    if (length > this.#largest) this.#largest = length;
  }

  /** Where the frame's JPEG starts in the file; `index` from 0. */
  offsetOf(index: number): number {
    return this.#at(this.#offsets, index);
  }

  /** How long the frame's JPEG is; `index` from 0. */
  lengthOf(index: number): number {
    return this.#at(this.#lengths, index);
  }

  /** Gives back memory kept for more frames: when all are known. */
  trim(): void {
    this.#resize(this.#count);
  }

  #at(numbers: Float64Array | Uint32Array, index: number): number {
    const value = index < this.#count ? numbers[index] : undefined;
    if (value === undefined) throw new RangeError(`No frame ${index}: there are ${this.#count}`);
    return value;
  }

  #resize(capacity: number): void {
    const [offsets, lengths] = [new Float64Array(capacity), new Uint32Array(capacity)];
    offsets.set(this.#offsets.subarray(0, this.#count));
    lengths.set(this.#lengths.subarray(0, this.#count));
    this.#offsets = offsets;
    this.#lengths = lengths;
  }
}
