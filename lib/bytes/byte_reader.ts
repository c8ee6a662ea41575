import { formatHex } from "./hex.ts";
import { WireError } from "./wire_error.ts";

const SHOWN_BYTES = 8;

/**
 * Reads the fields of one structure in wire order (big-endian), each by name, so that an error can
 * say which field was short and where.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { WireError } from "./wire_error.ts";
 *
 * const reader = new ByteReader("greeting", Uint8Array.of(1, 0, 2, 9));
 * assertEquals(reader.u8("kind"), 1);
 * assertEquals(reader.u16("length"), 2);
 * assertThrows(
 *   () => reader.bytes("text", 2),
 *   WireError,
 *   "Cannot parse greeting: text needs 2 bytes, 1 is left (byte 3 of 4: 09)",
 * );
 * ```
 */
export class ByteReader {
  readonly #thing: string;
  readonly #bytes: Uint8Array;
  #offset = 0;

  /**
   * @param thing What the bytes are, for messages: `RTP packet`.
   * @param bytes Read from, never changed, not copied.
   */
  constructor(thing: string, bytes: Uint8Array) {
    this.#thing = thing;
    this.#bytes = bytes;
  }

  /** Where the next read starts. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  /** The next byte, unread; `undefined` at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** Whether the next bytes are these; nothing is passed over. */
  startsWith(bytes: Uint8Array): boolean {
    if (bytes.length > this.left) return false;
    for (let i = 0; i < bytes.length; i++) {
      if (this.#bytes[this.#offset + i] !== bytes[i]) return false;
    }
    return true;
  }

  /** Unsigned 8 bits. */
  u8(field: string): number {
    const at = this.#take(field, 1);
    return this.#bytes[at] as number;
  }

  /** Unsigned 16 bits. */
  u16(field: string): number {
    const at = this.#take(field, 2);
    const [high, low] = [this.#bytes[at] as number, this.#bytes[at + 1] as number];
    return high << 8 | low;
  }

  /** Unsigned 24 bits. */
  u24(field: string): number {
    const at = this.#take(field, 3);
    const b = this.#bytes;
    return (b[at] as number) << 16 | (b[at + 1] as number) << 8 | b[at + 2] as number;
  }

  /** Unsigned 32 bits. */
  u32(field: string): number {
    const at = this.#take(field, 4);
    const b = this.#bytes;
    return ((b[at] as number) << 24 | (b[at + 1] as number) << 16 |
      (b[at + 2] as number) << 8 | b[at + 3] as number) >>> 0;
  }

  /**
   * A view of the next `length` bytes.
   *
   * @param length May come from the wire less a header, so a negative one is the sender's fault.
   */
  bytes(field: string, length: number): Uint8Array {
    const at = this.#take(field, length);
    return this.#bytes.subarray(at, at + length);
  }

  /** A view of all that is left; may be empty. */
  rest(): Uint8Array {
    return this.bytes("rest", this.left);
  }

  /** Passes over `length` bytes. */
  skip(field: string, length: number): void {
    this.#take(field, length);
  }

  /**
   * Throws a `WireError` with the place of `offset` (the next read's, unless given).
   *
   * @param problem What was found and what was wanted: `Q 100 is reserved`.
   */
  fail(problem: string, offset: number = this.#offset): never {
    const near = formatHex(this.#bytes.subarray(offset, offset + SHOWN_BYTES));
    const place = `byte ${offset} of ${this.#bytes.length}${near === "" ? "" : `: ${near}`}`;
    throw new WireError(`Cannot parse ${this.#thing}: ${problem} (${place})`);
  }

  #take(field: string, length: number): number {
    const at = this.#offset;
    if (length < 0) this.fail(`${field} has the length ${length}`);
    if (length > this.left) {
      const unit = length === 1 ? "byte" : "bytes";
      const verb = this.left === 1 ? "is" : "are";
      this.fail(`${field} needs ${length} ${unit}, ${this.left} ${verb} left`);
    }
    this.#offset = at + length;
    return at;
  }
}
