/**
 * Builds a RIFF structure in memory: numbers with the lowest byte first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new RiffWriter();
 * writer.id("LIST").u32(260).u16(1);
 * assertEquals(writer.bytes(), Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 4, 1, 0, 0, 1, 0));
 * ```
 */
export class RiffWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** Four letters. */
  id(letters: string): this {
    for (let i = 0; i < 4; i++) this.#u8(letters.charCodeAt(i));
    return this;
  }

  /** Unsigned 16 bits each. */
  u16(...values: readonly number[]): this {
    for (const value of values) {
      this.#u8(value);
      this.#u8(value >>> 8);
    }
    return this;
  }

  /** Unsigned 32 bits each. */
  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value & 0xffff, value >>> 16);
    return this;
  }

  /** Unsigned 64 bits, up to 2^53. */
  u64(value: number): this {
    return this.u32(value >>> 0, Math.floor(value / 2 ** 32));
  }

  /** Zeros. */
  zeros(count: number): this {
    for (let i = 0; i < count; i++) this.#u8(0);
    return this;
  }

  /** All that was written: a view, to be taken last. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #u8(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }
}
