import { MARKER, standsAlone } from "./marker.ts";

/** Most bytes of a frame unless the caller says otherwise. */
const DEFAULT_MAX_FRAME_LENGTH = 16 * 1024 * 1024;

/** One JPEG out of a stream. */
export interface SplitFrame {
  /** Where its SOI stands in the stream. */
  readonly offset: number;
  /** From SOI up to and with EOI, a copy; without EOI where the next SOI or the stream's end came first. */
  readonly bytes: Uint8Array;
}

/**
 * Cuts a stream of concatenated JPEGs into frames. Walks the segments, so that a thumbnail inside a
 * segment does not end a frame. What stands between frames, frames over the limit and what breaks off
 * before its first scan is skipped and counted. Any cut of the stream gives the same frames.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const splitter = new JpegStreamSplitter();
 * assertEquals(splitter.push(Uint8Array.of(0, 0xff, 0xd8, 0xff)), []);
 * assertEquals(splitter.push(Uint8Array.of(0xd9, 7)), [
 *   { offset: 1, bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) },
 * ]);
 * assertEquals(splitter.skippedLength, 2);
 * ```
 */
export class JpegStreamSplitter {
  readonly #maxFrameLength: number;
  #buffer = new Uint8Array(64 * 1024);
  #length = 0; // bytes in the buffer
  #base = 0; // stream offset of the buffer's first byte
  #start = 0; // SOI of the frame, in the buffer
  #at = 0; // next byte to look at, in the buffer; may lie behind its end
  #state: "between" | "marker" | "entropy" = "between";
  #hasScan = false;
  #skipped = 0;
  #found: SplitFrame[] = [];

  /** @param maxFrameLength Longer frames are skipped; the buffer never holds more than this and a chunk. */
  constructor(maxFrameLength: number = DEFAULT_MAX_FRAME_LENGTH) {
    this.#maxFrameLength = maxFrameLength;
  }

  /** How many bytes were passed over so far. */
  get skippedLength(): number {
    return this.#skipped;
  }

  /** Takes the next bytes of the stream; gives the frames that they complete. */
  push(chunk: Uint8Array): SplitFrame[] {
    this.#append(chunk);
    while (this.#step());
    return this.#taken();
  }

  /** The stream has ended: gives the last frame if it lacks EOI only and has a scan. */
  finish(): SplitFrame[] {
    const whole = this.#hasScan && this.#at <= this.#length;
    if (this.#state !== "between" && whole) this.#deliver(this.#length);
    this.#skipped += this.#length - this.#start;
    this.#start = this.#at = this.#length;
    this.#state = "between";
    return this.#taken();
  }

  #taken(): SplitFrame[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** Looks at the next piece; whether there may be another in the buffer. */
  #step(): boolean {
    switch (this.#state) {
      case "between":
        return this.#search();
      case "marker":
        return this.#overLimit(this.#at) || this.#readMarker();
      case "entropy":
        return this.#overLimit(this.#at) || this.#passEntropy();
    }
  }

  /** Skips the frame if it is over the limit when it reaches to `end`; whether it did. */
  #overLimit(end: number): boolean {
    if (end - this.#start <= this.#maxFrameLength) return false;
    return this.#skipTo(this.#start + this.#maxFrameLength);
  }

  #search(): boolean {
    const bytes = this.#buffer.subarray(0, this.#length);
    for (let at = bytes.indexOf(0xff, this.#at); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
      const [second, third] = [bytes[at + 1], bytes[at + 2]];
      if (second === undefined || second === MARKER.soi && third === undefined) {
        this.#skipTo(at);
        return false;
      }
      if (second !== MARKER.soi || third !== 0xff) continue;
      this.#skipTo(at);
      this.#at = at + 2;
      this.#state = "marker";
      this.#hasScan = false;
      return true;
    }
    this.#skipTo(Math.max(this.#at, this.#length));
    return false;
  }

  #readMarker(): boolean {
    const [bytes, at] = [this.#buffer, this.#at];
    if (at + 1 >= this.#length) return false;
    const code = bytes[at + 1] as number;
    if (bytes[at] !== 0xff || code === 0) return this.#skipTo(at);
    if (code === 0xff) this.#at = at + 1; // a fill byte
    else if (code === MARKER.eoi) return this.#deliver(at + 2);
    else if (code === MARKER.soi) return this.#hasScan ? this.#deliver(at) : this.#skipTo(at);
    else if (code === MARKER.tem) this.#at = at + 2;
    else if (standsAlone(code)) return this.#skipTo(at);
    else return this.#passSegment(code);
    return true;
  }

  #passSegment(code: number): boolean {
    const at = this.#at;
    if (at + 3 >= this.#length) return false;
    const length = (this.#buffer[at + 2] as number) << 8 | this.#buffer[at + 3] as number;
    if (length < 2) return this.#skipTo(at);
    this.#at = at + 2 + length;
    if (code === MARKER.sos) {
      this.#state = "entropy";
      this.#hasScan = true;
    }
    return true;
  }

  #passEntropy(): boolean {
    const bytes = this.#buffer.subarray(0, this.#length);
    const at = bytes.indexOf(0xff, this.#at);
    if (at < 0) this.#at = Math.max(this.#at, this.#length);
    const code = at < 0 ? undefined : bytes[at + 1];
    if (code === undefined) {
      if (at >= 0) this.#at = at;
      return this.#overLimit(this.#at); // the end is unknown, but may be too far already
    }
    const inside = code === 0 || code >= MARKER.rst0 && code <= MARKER.rst7;
    if (inside || code === 0xff) this.#at = at + (inside ? 2 : 1);
    else {
      this.#at = at;
      this.#state = "marker";
    }
    return true;
  }

  #deliver(end: number): true {
    if (this.#overLimit(end)) return true;
    this.#found.push({
      offset: this.#base + this.#start,
      bytes: this.#buffer.slice(this.#start, end),
    });
    this.#start = this.#at = end;
    this.#state = "between";
    return true;
  }

  /** Gives up what stands before `at` and looks for SOI from there on. */
  #skipTo(at: number): true {
    this.#skipped += at - this.#start;
    this.#start = this.#at = at;
    this.#state = "between";
    return true;
  }

  #append(chunk: Uint8Array): void {
    // What lies before the frame is done with. A skipped part may reach behind the buffer.
    const done = Math.min(this.#start, this.#length);
    const left = this.#length - done;
    if (left + chunk.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.#buffer.length, left + chunk.length));
      larger.set(this.#buffer.subarray(done, this.#length));
      this.#buffer = larger;
    } else if (done > 0) {
      this.#buffer.copyWithin(0, done, this.#length);
    }
    this.#base += done;
    this.#start -= done;
    this.#at -= done;
    this.#buffer.set(chunk, left);
    this.#length = left + chunk.length;
  }
}
