/** Tells of silence, by one timer that is not set anew each time that something comes. */
export class SilenceTimer {
  readonly #silenceMs: number;
  readonly #tell: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastMs = 0;

  /** @param tell Called when nothing has come for `silenceMs`, and again as long as nothing comes. */
  constructor(silenceMs: number, tell: () => void) {
    this.#silenceMs = silenceMs;
    this.#tell = tell;
  }

  /** Watches from now on, unless it does already. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.touch();
    this.#wait(this.#silenceMs);
  }

  /** Something has come. */
  touch(): void {
    this.#lastMs = performance.now();
  }

  /** Watches no longer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const leftMs = this.#lastMs + this.#silenceMs - performance.now();
      const isSilent = leftMs < 1;
      if (isSilent) this.touch();
      this.#wait(isSilent ? this.#silenceMs : leftMs);
      if (isSilent) this.#tell();
    }, ms);
  }
}
