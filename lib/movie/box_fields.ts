/**
 * The fields of a QuickTime or MP4 box, in which the highest byte comes first. What lies behind its end
 * counts as 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fields = new BoxFields(Uint8Array.of(0, 0, 1, 4, 0x6d, 0x6f, 0x6f, 0x76));
 * assertEquals([fields.u32(0), fields.id(4), fields.u32(8)], [260, "moov", 0]);
 * ```
 */
export class BoxFields {
  readonly #bytes: Uint8Array;

  /** @param bytes Read from, not copied. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Four letters; shorter at the end. */
  id(at: number): string {
    return String.fromCharCode(...this.#bytes.subarray(at, at + 4));
  }

  /** Unsigned 8 bits. */
  u8(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  /** Unsigned 16 bits. */
  u16(at: number): number {
    return this.u8(at) << 8 | this.u8(at + 1);
  }

  /** Unsigned 32 bits. */
  u32(at: number): number {
    return (this.u16(at) << 16 | this.u16(at + 2)) >>> 0;
  }

  /** Unsigned 64 bits; not exact from 2^53 on, which is behind the end of any file. */
  u64(at: number): number {
    return this.u32(at) * 2 ** 32 + this.u32(at + 4);
  }
}
