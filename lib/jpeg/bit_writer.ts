/**
 * Writes entropy-coded data (T.81 §F.1.2): bits from the highest down, and a 0x00 stuffed behind
 * each byte 0xff. The memory grows by itself and serves again after `reset()`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new BitWriter();
 * writer.write(0b11111111_010, 11);
 * writer.restart(0);
 * writer.write(0, 1);
 * assertEquals(writer.finish(), Uint8Array.of(0xff, 0, 0x5f, 0xff, 0xd0, 0x7f));
 * ```
 */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  /** The bits not yet written are the lowest `#count` ones; those above are stale. */
  #bits = 0;
  #count = 0;

  /** @param capacity How many bytes to have room for at first. */
  constructor(capacity: number = 16_384) {
    this.#bytes = new Uint8Array(Math.max(16, capacity));
  }

  /** How many bytes are complete, stuffing included. */
  get length(): number {
    return this.#length;
  }

  /** Forgets what was written and keeps the memory: views from `finish()` are stale from here on. */
  reset(): void {
    this.#length = 0;
    this.#bits = 0;
    this.#count = 0;
  }

  /**
   * Writes the lowest `count` bits of `value`, highest first.
   *
   * @param value 0 to 2^count - 1.
   * @param count 0 to 24.
   */
  write(value: number, count: number): void {
    let bits = this.#bits << count | value;
    let left = this.#count + count;
    if (left >= 8) {
      if (this.#length + 8 > this.#bytes.length) this.#grow();
      const bytes = this.#bytes;
      let length = this.#length;
      do {
        left -= 8;
        const byte = bits >>> left & 0xff;
        bytes[length++] = byte;
        if (byte === 0xff) bytes[length++] = 0;
      } while (left >= 8);
      this.#length = length;
      bits &= 0xff;
    }
    this.#bits = bits;
    this.#count = left;
  }

  /**
   * Fills the last byte up with ones and writes the restart marker RSTn (T.81 §F.1.2.3). The DC
   * predictions start from 0 again, which is the caller's part.
   *
   * @param index Counts the restarts from 0; n is its remainder modulo 8.
   */
  restart(index: number): void {
    this.#fillUp();
    if (this.#length + 2 > this.#bytes.length) this.#grow();
    this.#bytes[this.#length++] = 0xff;
    this.#bytes[this.#length++] = 0xd0 | index & 7;
  }

  /** Fills the last byte up with ones; all bytes as a view that holds until the next `reset()`. */
  finish(): Uint8Array {
    this.#fillUp();
    return this.#bytes.subarray(0, this.#length);
  }

  #fillUp(): void {
    const missing = -this.#count & 7;
    this.write((1 << missing) - 1, missing);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
