/** For so long after the first datagram all is read as it comes: the first frame is to be there at once. */
export const EAGER_MS = 2_000;
/** Part of the receive buffer that may fill between two looks: what comes may be so many times as fast. */
const BUFFER_PART = 8;
/** Looking more often than that costs more than to be told. */
const LEAST_MS = 10;
/** Silence after which it is waited for datagrams again, instead of looking. */
const SILENCE_MS = 500;

/**
 * How often to look for datagrams where nobody waits for them: all that came meanwhile is then read at
 * once. Each time that the system wakes a program costs it a multiple of what there is to do.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const pace = new ReadingPace(250, 4_000_000);
 * assertEquals(pace.read(1_400, 0), 0); // the first: as they come
 * assertEquals(pace.read(600_000, 2_000), 250); // 300 kB a second: four looks a second are enough
 * assertEquals(pace.read(1_250_000, 2_250), 100); // 5 MB a second: the buffer shall never fill
 * ```
 */
export class ReadingPace {
  readonly #mostMs: number;
  readonly #budget: number;
  readonly #eagerMs: number;
  /** Since when it goes on without a pause; `undefined` before the first datagram. */
  #sinceMs: number | undefined;
  #eagerOctets = 0;
  #lastMs = 0;
  /** When datagrams were there last. */
  #newestMs = 0;

  /**
   * @param mostMs How long a datagram may wait; 0: not at all.
   * @param receiveBuffer How many bytes may.
   * @param eagerMs For so long after the first one none waits.
   */
  constructor(mostMs: number, receiveBuffer: number, eagerMs: number = EAGER_MS) {
    this.#mostMs = mostMs;
    this.#eagerMs = eagerMs;
    this.#budget = receiveBuffer / BUFFER_PART;
  }

  /**
   * All that was there has been read.
   *
   * @returns How long not to look, in milliseconds; 0: to wait until something comes.
   */
  read(octets: number, nowMs: number): number {
    if (this.#mostMs === 0) return 0;
    const fromMs = this.#lastMs;
    this.#lastMs = nowMs;
    if (octets > 0) this.#newestMs = nowMs;
    if (this.#sinceMs === undefined) {
      this.#sinceMs = nowMs;
      this.#eagerOctets = 0;
    }
    if (nowMs < this.#sinceMs + this.#eagerMs) {
      this.#eagerOctets += octets;
      return 0;
    }
    const wasEager = fromMs < this.#sinceMs + this.#eagerMs;
    const rate = wasEager
      ? (this.#eagerOctets + octets) / (nowMs - this.#sinceMs)
      : octets / Math.max(1, nowMs - fromMs);
    const delayMs = Math.min(this.#mostMs, this.#budget / rate);
    if (delayMs >= LEAST_MS && nowMs < this.#newestMs + SILENCE_MS) return delayMs;
    this.#sinceMs = undefined;
    return 0;
  }
}
