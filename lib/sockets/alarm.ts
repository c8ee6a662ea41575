/** One timer, set to absolute times of the monotonic clock, so that lateness does not add up. */
export class Alarm {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #atMs = Infinity;

  /** @param ring Called when the time has come; sets the alarm anew as it likes. */
  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings at `atMs` and not at the time set before; never with `undefined`. */
  set(atMs: number | undefined): void {
    const wanted = atMs ?? Infinity;
    if (wanted === this.#atMs) return;
    this.clear();
    if (wanted === Infinity) return;
    this.#atMs = wanted;
    const delayMs = Math.max(0, Math.ceil(wanted - performance.now()));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#atMs = Infinity;
      this.#ring();
    }, delayMs);
  }

  /** Does not ring any more. */
  clear(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#atMs = Infinity;
  }
}
