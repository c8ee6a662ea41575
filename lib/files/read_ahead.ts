/** A file is read ahead in stretches of so many bytes, each from a multiple of it on. */
export const STRETCH_LENGTH = 512 * 1024;

/** How long a stretch that was read is taken to be in the system's memory still. */
const FRESH_MS = 10_000;

/** Stretches that may wait; further ones are left out, as the disk cannot keep up. */
const MOST_WAITING = 16;

/** What is read from, as far as this needs it. */
export type FileAhead = Pick<Deno.FsFile, "seek" | "read"> & Disposable;

/**
 * Reads what will be wanted of a file into the system's memory, so that the synchronous read which follows
 * does not wait for the disk. Keeps nothing of it. It may be wrong: a read that fails or comes too late
 * costs time, and nobody else is told.
 */
export class ReadAhead {
  readonly #open: () => Promise<FileAhead>;
  readonly #nowMs: () => number;
  /** Until when each stretch need not be read again, by its number, in the order of reading. */
  readonly #freshUntilMs = new Map<number, number>();
  readonly #waiting: number[] = [];
  #running: Promise<void> | undefined;

  /**
   * @param open Opens the file, for as long as something waits.
   * @param nowMs Monotonic milliseconds.
   */
  constructor(open: () => Promise<FileAhead>, nowMs: () => number = () => performance.now()) {
    this.#open = open;
    this.#nowMs = nowMs;
  }

  /** So many bytes from this offset on will be wanted; one at least. Returns at once. */
  want(offset: number, length: number): void {
    const nowMs = this.#nowMs();
    const last = Math.floor((offset + length - 1) / STRETCH_LENGTH);
    for (let stretch = Math.floor(offset / STRETCH_LENGTH); stretch <= last; stretch++) {
      this.#wantStretch(stretch, nowMs);
    }
  }

  #wantStretch(stretch: number, nowMs: number): void {
    if (nowMs < (this.#freshUntilMs.get(stretch) ?? 0)) return;
    if (this.#waiting.length >= MOST_WAITING) return;
    this.#forget(nowMs);
    this.#freshUntilMs.set(stretch, nowMs + FRESH_MS);
    this.#waiting.push(stretch);
    this.#running ??= this.#run();
  }

  /** Resolves when all that was wanted has been read. */
  async done(): Promise<void> {
    await this.#running;
  }

  #forget(nowMs: number): void {
    for (const [stretch, untilMs] of this.#freshUntilMs) {
      if (nowMs < untilMs) return;
      this.#freshUntilMs.delete(stretch);
    }
  }

  async #run(): Promise<void> {
    try {
      using file = await this.#open();
      const bytes = new Uint8Array(STRETCH_LENGTH);
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        await file.seek(next * STRETCH_LENGTH, Deno.SeekMode.Start);
        await file.read(bytes);
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#waiting.length = 0; // whoever reads there is told
    } finally {
      this.#running = undefined;
    }
  }
}
