import { timestampDistance } from "./sequence.ts";

/**
 * How unevenly packets arrive (RFC 3550 §6.4.1, A.8): the smoothed difference between the spacing of two
 * packets on arrival and by their timestamps, `J += (|D| - J) / 16`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const jitter = new InterarrivalJitter(90_000);
 * jitter.add(0, 1000);
 * jitter.add(4500, 1050); // 50 ms by the timestamp, 50 ms on arrival
 * assertEquals(jitter.ticks, 0);
 * jitter.add(9000, 1116); // 16 ms late
 * assertEquals([jitter.ticks, jitter.ms], [90, 1]);
 * ```
 */
export class InterarrivalJitter {
  readonly #ticksPerMs: number;
  #last: { readonly timestamp: number; readonly arrivalMs: number } | undefined;
  #ticks = 0;

  /** @param clockHz How many timestamp units make a second. */
  constructor(clockHz: number) {
    this.#ticksPerMs = clockHz / 1000;
  }

  /** The jitter in timestamp units, as reports carry it (rounded down there). */
  get ticks(): number {
    return this.#ticks;
  }

  /** The jitter in milliseconds. */
  get ms(): number {
    return this.#ticks / this.#ticksPerMs;
  }

  /** Takes the next packet in the order of arrival. */
  add(timestamp: number, arrivalMs: number): void {
    const last = this.#last;
    this.#last = { timestamp, arrivalMs };
    if (last === undefined) return;
    const arrived = (arrivalMs - last.arrivalMs) * this.#ticksPerMs;
    const difference = Math.abs(arrived - timestampDistance(last.timestamp, timestamp));
    this.#ticks += (difference - this.#ticks) / 16;
  }

  /** Forgets the last packet, so that a jump of the clock (a seek, a new source) is no jitter. */
  restart(): void {
    this.#last = undefined;
  }
}
