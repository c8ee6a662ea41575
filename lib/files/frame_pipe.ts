import { BoundedQueue } from "./bounded_queue.ts";
import { failureText } from "./failure_text.ts";

/** Frames that may wait for the reader: 3 s at 20 a second. */
const DEFAULT_MOST_WAITING = 64;

/** How a pipe behaves where the defaults do not suit. */
export interface FramePipeOptions {
  /** Frames that may wait for the reader; more are dropped whole and counted. */
  readonly mostWaiting?: number;
  /**
   * Called once when nothing can be written any more; `problem` is `undefined` where the reader has
   * just gone, as `head` does.
   */
  readonly onEnd?: (problem: string | undefined) => void;
}

/** What became of the frames. */
export interface FramePipeSummary {
  readonly written: number;
  /** Dropped since the reader was too slow, or after the end. */
  readonly notWritten: number;
  /** Why writing ended early, as a sentence; a reader that has gone is no problem. */
  readonly problem?: string;
}

/**
 * Writes frames one behind the other into a pipe, whole ones only, and never holds up who has the
 * frames.
 */
export class FramePipe {
  readonly #pipe: { write(bytes: Uint8Array): Promise<number> };
  readonly #options: FramePipeOptions;
  readonly #queue: BoundedQueue<Uint8Array>;
  #offered = 0;
  #written = 0;
  #isOver = false;
  #problem: string | undefined;

  /** @param pipe Such as `Deno.stdout`; it is not closed. */
  constructor(
    pipe: { write(bytes: Uint8Array): Promise<number> },
    options: FramePipeOptions = {},
  ) {
    this.#pipe = pipe;
    this.#options = options;
    this.#queue = new BoundedQueue(
      options.mostWaiting ?? DEFAULT_MOST_WAITING,
      (jpeg) => this.#writeOne(jpeg),
    );
  }

  /**
   * Takes the next frame.
   *
   * @param jpeg Nobody changes it.
   * @returns Whether it was taken; otherwise it counts as not written.
   */
  write(jpeg: Uint8Array): boolean {
    this.#offered++;
    return !this.#isOver && this.#queue.offer(jpeg);
  }

  /**
   * Writes what still waits. To be called once, last.
   *
   * @param mostMs A reader that has stopped to read is given up after this long.
   */
  async close(mostMs: number = 2000): Promise<FramePipeSummary> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, mostMs);
    await Promise.race([this.#queue.drained(), late]);
    clearTimeout(timer);
    this.#queue.clear();
    return {
      written: this.#written,
      notWritten: this.#offered - this.#written,
      ...this.#problem !== undefined && { problem: this.#problem },
    };
  }

  async #writeOne(jpeg: Uint8Array): Promise<void> {
    if (this.#isOver) return;
    try {
      for (let at = 0; at < jpeg.length;) at += await this.#pipe.write(jpeg.subarray(at));
      this.#written++;
    } catch (error) {
      this.#isOver = true;
      if (!(error instanceof Deno.errors.BrokenPipe)) {
        this.#problem = `Cannot write frames to standard output: ${failureText(error)}`;
      }
      this.#options.onEnd?.(this.#problem);
    }
  }
}
