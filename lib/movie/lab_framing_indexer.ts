import { describeBytes } from "./describe_bytes.ts";
import { FrameIndex } from "./frame_index.ts";
import { LAB_LENGTH_DIGITS } from "./lab_frame.ts";
import type { MovieIndex, MovieIndexer } from "./movie_indexer.ts";
import type { MovieProblem } from "./movie_problem.ts";

/** Digits of the frame count that some files have before the first frame. */
const COUNT_DIGITS = 10;
/** A length and the first two bytes of its JPEG. */
const HEAD_LENGTH = LAB_LENGTH_DIGITS + 2;
const SHORTEST_JPEG = 4;

/**
 * Finds the frames of a file in the lab's framing: five ASCII digits, the length of a JPEG in bytes,
 * then the JPEG; and so on to the end of the file.
 *
 * A count of all frames in ten digits before the first frame is understood too. Content tells which
 * of the two it is: after the digits of a length a JPEG starts, with ff d8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const indexer = new LabFramingIndexer();
 * indexer.push(new TextEncoder().encode("00004"));
 * indexer.push(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9));
 * const { frames, problem } = indexer.finish();
 * assertEquals([frames.count, frames.offsetOf(0), frames.lengthOf(0)], [1, 5, 4]);
 * assertEquals(problem, undefined);
 * ```
 */
export class LabFramingIndexer implements MovieIndexer {
  readonly #frames = new FrameIndex();
  readonly #head = new Uint8Array(COUNT_DIGITS + HEAD_LENGTH);
  #headLength = 0;
  #headWanted = HEAD_LENGTH;
  /** Of the next byte in the file. */
  #offset = 0;
  /** Of the frame that is being passed over: its length and what is left of it. */
  #frameLength = 0;
  #frameLeft = 0;
  /** How many frames the file says it has, in the ten digits before the first. */
  #declared: number | undefined;
  #problem: MovieProblem | undefined;

  get skippable(): number {
    return this.#problem === undefined ? this.#frameLeft : Infinity;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.#problem === undefined) {
      if (this.#frameLeft > 0) {
        const passed = Math.min(this.#frameLeft, bytes.length - at);
        this.skip(passed);
        at += passed;
      } else {
        this.#head[this.#headLength++] = bytes[at++] as number;
        this.#offset++;
        if (this.#headLength === this.#headWanted) this.#readHead();
      }
    }
  }

  skip(length: number): void {
    if (length > this.skippable) {
      throw new RangeError(`Cannot skip ${length} bytes: ${this.skippable} are skippable`);
    }
    if (this.#problem !== undefined || length === 0) return;
    this.#offset += length;
    this.#frameLeft -= length;
    if (this.#frameLeft === 0) this.#endFrame();
  }

  finish(): MovieIndex {
    if (this.#problem === undefined) this.#checkEnd();
    const frames = this.#frames;
    frames.trim();
    if (this.#problem !== undefined) return { frames, problem: this.#problem };
    if (this.#declared === undefined || this.#declared === frames.count) return { frames };
    return { frames, remark: `it says it has ${this.#declared} frames, ${frames.count} are there` };
  }

  #readHead(): void {
    const head = this.#head.subarray(0, this.#headLength);
    if (this.#mayBeCount(head)) {
      this.#headWanted = COUNT_DIGITS + HEAD_LENGTH;
      return;
    }
    const start = head.length - HEAD_LENGTH;
    const digits = head.subarray(start, start + LAB_LENGTH_DIGITS);
    const length = decimal(digits);
    if (
      length === undefined || start > 0 && decimal(head.subarray(0, COUNT_DIGITS)) === undefined
    ) {
      return this.#fail(head.subarray(0, HEAD_LENGTH), "the length of a frame in five digits");
    }
    if (length < SHORTEST_JPEG) {
      return this.#fail(digits, `a length of ${SHORTEST_JPEG} or more in five digits`);
    }
    if (head.at(-2) !== 0xff || head.at(-1) !== 0xd8) {
      return this.#fail(head.subarray(start), "five digits and a JPEG (ff d8)");
    }
    if (start > 0) this.#declared = decimal(head.subarray(0, COUNT_DIGITS));
    this.#frameLength = length;
    this.#frameLeft = length - 2;
  }

  /** Whether seven bytes at the file's start are all digits: too many for a length. */
  #mayBeCount(head: Uint8Array): boolean {
    return this.#offset === HEAD_LENGTH && decimal(head) !== undefined;
  }

  #endFrame(): void {
    this.#frames.append(this.#offset - this.#frameLength, this.#frameLength);
    this.#headLength = 0;
    this.#headWanted = HEAD_LENGTH;
  }

  #checkEnd(): void {
    if (this.#frameLeft > 0) {
      const there = this.#frameLength - this.#frameLeft;
      this.#problem = {
        frame: this.#frames.count + 1,
        offset: this.#offset,
        found: `the end of the file after ${there} bytes of the frame`,
        wanted: `${this.#frameLength} bytes`,
      };
    } else if (this.#headLength > 0 || this.#frames.count === 0) {
      this.#fail(this.#head.subarray(0, this.#headLength), "five digits and a JPEG (ff d8)");
    }
  }

  #fail(found: Uint8Array, wanted: string): void {
    this.#problem = {
      frame: this.#frames.count + 1,
      offset: this.#offset - this.#headLength,
      found: describeBytes(found),
      wanted,
    };
  }
}

/** The number in ASCII digits; `undefined` when one of the bytes is none. */
function decimal(digits: Uint8Array): number | undefined {
  let value = 0;
  for (const digit of digits) {
    if (digit < 0x30 || digit > 0x39) return undefined;
    value = value * 10 + digit - 0x30;
  }
  return value;
}
