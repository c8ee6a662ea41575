import { MOST_WANTED_LENGTH, type ReadSteps, type WantedBytes } from "../movie/index_steps.ts";
import type { ReadAt } from "../movie/read_at.ts";

/** How long other sessions may wait while a large file is indexed. */
const SLICE_MS = 10;
/** Up to this much it is faster to read on than to read here and there. */
const WORTH_SKIPPING_LENGTH = 32 * 1024;
const READ_AFTER_SKIP_LENGTH = 4 * 1024;

/**
 * Runs a parser that reads here and there over a file; lets other work run every 10 ms.
 *
 * @param readAt Reads the file; what it throws comes out.
 */
export async function runIndexSteps<Result>(
  readAt: ReadAt,
  steps: ReadSteps<Result>,
): Promise<Result> {
  const window = new ReadWindow(readAt);
  let step = steps.next();
  for (;;) {
    const deadlineMs = performance.now() + SLICE_MS;
    do {
      if (step.done === true) return step.value;
      step = steps.next(window.read(step.value));
    } while (performance.now() < deadlineMs);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** The part of a file that was read last: what is wanted next often lies in it. */
class ReadWindow {
  readonly #readAt: ReadAt;
  readonly #buffer = new Uint8Array(MOST_WANTED_LENGTH);
  #start = 0;
  #end = 0;

  constructor(readAt: ReadAt) {
    this.#readAt = readAt;
  }

  /** What is wanted; shorter where the file ends. */
  read({ offset, length }: WantedBytes): Uint8Array {
    if (length > MOST_WANTED_LENGTH) throw new RangeError(`${length} bytes are wanted at once`);
    if (!Number.isSafeInteger(offset) || offset < 0) return new Uint8Array();
    if (offset < this.#start || offset + length > this.#end) this.#fill(offset, length);
    const at = offset - this.#start;
    return this.#buffer.subarray(at, Math.min(at + length, this.#end - this.#start));
  }

  #fill(offset: number, length: number): void {
    const near = offset >= this.#start && offset - this.#end <= WORTH_SKIPPING_LENGTH;
    const size = near ? MOST_WANTED_LENGTH : Math.max(length, READ_AFTER_SKIP_LENGTH);
    this.#start = this.#end = offset;
    this.#end += this.#readAt(offset, this.#buffer.subarray(0, size));
  }
}
