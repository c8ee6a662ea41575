/** How often it is drawn. */
const INTERVAL_MS = 250;

/** Where a status line is written. */
export interface StatusTerminal {
  write(text: string): void;
  /** Characters in a line. */
  columns(): number;
}

/** A line at the bottom of a terminal that is drawn anew four times a second. */
export class StatusLine {
  readonly #terminal: StatusTerminal;
  #text: ((columns: number) => string) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isShown = false;

  constructor(terminal: StatusTerminal) {
    this.#terminal = terminal;
  }

  /**
   * Begins to show what `text` returns.
   *
   * @param text Given the most characters that fit.
   */
  start(text: (columns: number) => string): void {
    this.stop();
    this.#text = text;
    this.#timer = setInterval(() => this.draw(), INTERVAL_MS);
  }

  /** Shows it as it is now. */
  draw(): void {
    if (this.#text === undefined) return;
    // The last column stays free: some terminals begin another line there.
    const text = this.#text(this.#terminal.columns() - 1);
    this.#terminal.write(`\r${text}\x1b[K`);
    this.#isShown = true;
  }

  /** Takes it away, so that another line can be printed; it comes again by itself. */
  clear(): void {
    if (this.#isShown) this.#terminal.write("\r\x1b[K");
    this.#isShown = false;
  }

  /** Takes it away for good. */
  stop(): void {
    clearInterval(this.#timer);
    this.#text = undefined;
    this.clear();
  }
}
