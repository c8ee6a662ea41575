/** Room before the data for the file's header: enough but for long extensions. */
const HEADER_ROOM = 1024;
/** Room behind the data for EOI. */
const TRAILER_ROOM = 2;

/** What became of a fragment. */
export type FragmentVerdict =
  /** Taken: appended, or kept until what is before it comes. */
  | "taken"
  /** It was here before. */
  | "duplicate"
  /** It begins inside the data that is here and ends behind it. */
  | "overlap"
  /** With it, there would be more than the limit. */
  | "too large";

/**
 * Puts the scan data of one frame together by fragment offsets, in any order (RFC 2435 §3.1.2).
 *
 * What comes in order is copied once, to its final place in the file: room for the header is left in
 * front. What is ahead waits as a copy, so memory grows with the bytes that came and never with the
 * offsets that a peer claims.
 */
export class ScanAssembly {
  /** Most bytes of data. */
  readonly limit: number;
  #bytes: Uint8Array;
  #length = 0;
  /** By offset: fragments behind a hole. */
  readonly #ahead = new Map<number, Uint8Array>();
  #aheadLength = 0;

  /**
   * @param expected About how long the data will be: a better guess saves copies.
   * @param limit Most bytes of data.
   */
  constructor(expected: number, limit: number) {
    this.limit = limit;
    this.#bytes = new Uint8Array(HEADER_ROOM + Math.min(expected, limit) + TRAILER_ROOM);
  }

  /** How many bytes are here without a hole, from offset 0 on. */
  get length(): number {
    return this.#length;
  }

  /** Where the furthest fragment ends. */
  get end(): number {
    let end = this.#length;
    for (const [offset, { length }] of this.#ahead) end = Math.max(end, offset + length);
    return end;
  }

  /** Whether the data up to the first hole ends in EOI. */
  get endsWithEoi(): boolean {
    const end = HEADER_ROOM + this.#length;
    return this.#length >= 2 && this.#bytes[end - 2] === 0xff && this.#bytes[end - 1] === 0xd9;
  }

  /** Takes a fragment; copies it. */
  add(offset: number, fragment: Uint8Array): FragmentVerdict {
    const end = offset + fragment.length;
    if (end > this.limit) return "too large";
    if (offset === this.#length) {
      this.#append(fragment);
      if (this.#ahead.size > 0) this.#appendAhead();
      return "taken";
    }
    if (offset < this.#length) return end <= this.#length ? "duplicate" : "overlap";
    if (this.#ahead.get(offset)?.length === fragment.length) return "duplicate";
    if (this.#aheadLength + fragment.length > this.limit) return "too large";
    this.#ahead.set(offset, fragment.slice());
    this.#aheadLength += fragment.length;
    return "taken";
  }

  /**
   * The file: header, the data up to the first hole, EOI. What the sender left of an EOI at the end is
   * taken off before: all of it, its first byte, several of them, zeros behind them.
   *
   * @returns A view of the assembly's memory, which is not to be added to any more.
   */
  file(header: Uint8Array): Uint8Array {
    const end = HEADER_ROOM +
      scanEnd(this.#bytes.subarray(HEADER_ROOM, HEADER_ROOM + this.#length));
    this.#bytes[end] = 0xff;
    this.#bytes[end + 1] = 0xd9;
    const start = HEADER_ROOM - header.length;
    if (start >= 0) {
      this.#bytes.set(header, start);
      return this.#bytes.subarray(start, end + 2);
    }
    const whole = new Uint8Array(header.length + end + 2 - HEADER_ROOM);
    whole.set(header);
    whole.set(this.#bytes.subarray(HEADER_ROOM, end + 2), header.length);
    return whole;
  }

  #append(fragment: Uint8Array): void {
    const end = HEADER_ROOM + this.#length + fragment.length + TRAILER_ROOM;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(fragment, HEADER_ROOM + this.#length);
    this.#length += fragment.length;
  }

  #appendAhead(): void {
    let next = this.#ahead.get(this.#length);
    while (next !== undefined) {
      this.#ahead.delete(this.#length);
      this.#aheadLength -= next.length;
      this.#append(next);
      next = this.#ahead.get(this.#length);
    }
  }
}

/** Where the scan data ends, less EOI, half of it, and zeros behind it. */
function scanEnd(data: Uint8Array): number {
  let end = data.length;
  for (;;) {
    let last = end - 1;
    while (data[last] === 0) last--;
    if (data[last] === 0xd9 && data[last - 1] === 0xff) end = last - 1;
    else if (data[end - 1] === 0xff) end--;
    else return end;
  }
}
