/** One timer, set to absolute times of the monotonic clock, so that lateness does not add up. */
export class Alarm {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer ends: at `#atMs`, or before it. */
  #timerMs = Infinity;
  #atMs = Infinity;

  /** @param ring Called when the time has come; sets the alarm anew as it likes. */
  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /**
   * Rings at `atMs` and not at the time set before; never with `undefined`. Putting it off costs nothing,
   * as often as it happens: the timer is set anew when it has ended.
   */
  set(atMs: number | undefined): void {
    const wanted = atMs ?? Infinity;
    if (wanted === this.#atMs) return;
    if (wanted === Infinity) return this.clear();
    this.#atMs = wanted;
    if (wanted < this.#timerMs) this.#start();
  }

  /** Does not ring any more. */
  clear(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerMs = Infinity;
    this.#atMs = Infinity;
  }

  #start(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timerMs = this.#atMs;
    const delayMs = Math.max(0, Math.ceil(this.#atMs - performance.now()));
    this.#timer = setTimeout(() => this.#timeout(), delayMs);
  }

  #timeout(): void {
    this.#timer = undefined;
    const wasPutOff = this.#atMs > this.#timerMs;
    this.#timerMs = Infinity;
    if (wasPutOff) return this.#start();
    this.#atMs = Infinity;
    this.#ring();
  }
}
