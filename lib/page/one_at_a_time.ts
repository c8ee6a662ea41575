/**
 * Work that is wanted again and again, and done once at a time: what is wanted while it is done, however
 * often, is done once more behind it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * let done = 0;
 * const work = new OneAtATime(() => Promise.resolve().then(() => void done++));
 * await Promise.all([work.want(), work.want(), work.want()]);
 * assertEquals(done, 1);
 * ```
 */
export class OneAtATime {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isWanted = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when the work was done after this call; rejects with what it threw. */
  want(): Promise<void> {
    this.#isWanted = true;
    return this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // so that it is known to run, whatever the work does
    try {
      while (this.#isWanted) {
        this.#isWanted = false;
        await this.#work();
      }
    } finally {
      this.#running = undefined;
    }
  }
}
