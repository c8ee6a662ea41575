import { WireError } from "../bytes/wire_error.ts";
import { type DecodeTable, extendSign, LOOK_BITS } from "./decode_table.ts";
import { MARKER } from "./marker.ts";

/** More than what the blocks of an MCU can read behind the end before `check()` is called. */
const PADDING = 4096;

/**
 * The bits of a scan, one restart interval after another, stuffed bytes taken out.
 *
 * The decoders of blocks keep `at`, `bits` and `count` in local variables while they work; everything
 * else calls the methods. Reading behind the end gives any bits; `check()` finds out.
 */
export class BitSource {
  /** The interval's bytes, with room behind them. */
  readonly bytes: Uint8Array;
  /** The next byte to take into `bits`. */
  at = 0;
  /** The lowest `count` bits are the next ones; those above are stale. */
  bits = 0;
  /** At most 31. */
  count = 0;

  readonly #entropy: Uint8Array;
  readonly #name: string;
  #start = 0; // of the interval, in the entropy
  #next = 0; // behind the interval
  #end = 0; // of the interval, in `bytes`
  #restarts = 0;

  /**
   * @param entropy As in `JpegScan`.
   * @param name Of the scan, for messages.
   */
  constructor(entropy: Uint8Array, name: string) {
    this.#entropy = entropy;
    this.#name = name;
    this.bytes = new Uint8Array(entropy.length + PADDING);
    this.#unstuff();
  }

  /**
   * Goes on to the next interval, behind the restart marker that is due.
   *
   * @throws WireError when it is not there.
   */
  restart(): void {
    this.check();
    const [lead, marker] = [this.#entropy[this.#next], this.#entropy[this.#next + 1]];
    const due = MARKER.rst0 + this.#restarts % 8;
    if (lead === undefined) this.fail(`data ends where RST${this.#restarts % 8} is due`);
    if (marker !== due) {
      this.fail(`RST${(marker ?? 0) & 7} is found where RST${this.#restarts % 8} is due`);
    }
    this.#restarts++;
    this.#next += 2;
    this.#unstuff();
  }

  /** @throws WireError when more was read than there is. */
  check(): void {
    if (this.at * 8 - this.count > this.#end * 8) this.fail("data ends within a block");
  }

  /** The next `size` bits, at most 16, as an unsigned number. */
  take(size: number): number {
    if (this.count < size) this.refill();
    this.count -= size;
    return this.bits >>> this.count & (1 << size) - 1;
  }

  /** The next `size` bits, at least 1, as a signed number. */
  takeSigned(size: number): number {
    return extendSign(this.take(size), size);
  }

  /**
   * The next code as an entry of `DecodeTable.look`, always with a code in it: a coefficient's value
   * bits are taken as well if the entry has them, and stay if it has not.
   */
  next(table: DecodeTable): number {
    if (this.count < 16) this.refill();
    const next = this.bits >>> this.count - 16 & 0xffff;
    let entry = table.look[next >> 16 - LOOK_BITS] as number;
    if (entry === 0) entry = this.search(table, next);
    this.count -= entry & 0xff;
    return entry;
  }

  /** Takes 16 bits more; there have to be at most 15. */
  refill(): void {
    const { bytes, at } = this;
    this.bits = this.bits << 16 | (bytes[at] as number) << 8 | bytes[at + 1] as number;
    this.at = at + 2;
    this.count += 16;
  }

  /**
   * `symbol << 8 | length` of the code, longer than `LOOK_BITS`, that 16 bits begin with.
   *
   * @throws WireError when there is no such code.
   */
  search(table: DecodeTable, next: number): number {
    for (let bits = LOOK_BITS + 1; bits <= 16; bits++) {
      if (next >= (table.limits[bits] as number)) continue;
      const place = (next >> 16 - bits) + (table.places[bits] as number);
      return (table.symbols[place] as number) << 8 | bits;
    }
    return this.fail(`bits ${next.toString(2).padStart(16, "0")} are no Huffman code`);
  }

  /**
   * Throws a `WireError` with the place.
   *
   * @param problem What was found and what was wanted.
   */
  fail(problem: string): never {
    const read = Math.min(this.at - (this.count >> 3), this.#end);
    let place = this.#start;
    for (let i = 0; i < read; i++) place += this.#entropy[place] === 0xff ? 2 : 1;
    const length = this.#entropy.length;
    throw new WireError(
      `Cannot decode ${this.#name}: ${problem} (byte ${Math.min(place, length)} of ${length})`,
    );
  }

  /** Copies the interval from `#next` on and finds its end. */
  #unstuff(): void {
    const from = this.#entropy;
    let source = this.#start = this.#next;
    let target = 0;
    for (;;) {
      const found = from.indexOf(0xff, source);
      const lead = found < 0 ? from.length : found;
      this.bytes.set(from.subarray(source, lead), target);
      target += lead - source;
      let code = lead + 1;
      while (from[code] === 0xff) code++;
      this.#next = code - 1; // the marker's 0xFF, behind fill bytes
      if (from[code] !== 0) break;
      this.bytes[target++] = 0xff;
      source = code + 1;
    }
    this.#end = target;
    this.at = this.bits = this.count = 0;
  }
}
