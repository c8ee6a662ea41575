/**
 * The fields of a RIFF structure, in which the lowest byte comes first. What lies behind its end counts
 * as 0, as in structures that older programs wrote shorter.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fields = new RiffFields(Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 4, 1, 0, 0));
 * assertEquals([fields.id(0), fields.u32(4), fields.u32(8)], ["LIST", 260, 0]);
 * ```
 */
export class RiffFields {
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
    return this.u8(at) | this.u8(at + 1) << 8;
  }

  /** Unsigned 32 bits. */
  u32(at: number): number {
    return (this.u16(at) | this.u16(at + 2) << 16) >>> 0;
  }

  /** Unsigned 64 bits; not exact from 2^53 on, which is behind the end of any file. */
  u64(at: number): number {
    return this.u32(at) + this.u32(at + 4) * 2 ** 32;
  }
}
