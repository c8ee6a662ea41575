import type { Impairment } from "./impairment.ts";
import { SeededRandom } from "./seeded_random.ts";

/** A datagram and when it comes out. */
export interface DueDatagram<T> {
  readonly datagram: T;
  /** When it was due: no later than the call that gives it. */
  readonly dueMs: number;
}

/** What became of the datagrams so far. */
export interface ImpairmentCounts {
  readonly taken: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Those held back for others to pass; where none came in time, none passed. */
  readonly heldBack: number;
}

/** How much later a datagram is that others are to pass, beside its delay and jitter. */
export const HOLD_BACK_MS = 60;

/** Most datagrams under way: more than that are lost, as in any router. */
export const MOST_UNDER_WAY = 10_000;

/**
 * A bad network between machine and socket, on either side, or between two machines in a test: takes
 * datagrams, gives those that are due. With a seed, so that what happened once happens again: each
 * datagram's fate depends on the seed and on how many came before it, not on the clock.
 *
 * @typeParam T What travels: bytes, or bytes with an address. Kept until it is due.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseImpairment } from "./impairment.ts";
 *
 * const network = new NetworkImpairment<string>(parseImpairment("delay=20ms"));
 * assertEquals(network.push("hello", 0), []);
 * assertEquals(network.wakeAtMs, 20);
 * assertEquals(network.tick(20), [{ datagram: "hello", dueMs: 20 }]);
 * ```
 */
export class NetworkImpairment<T = Uint8Array> {
  #impairment: Impairment;
  #random: SeededRandom;
  /** By due time; those of the same time in the order of arrival. */
  readonly #underWay: DueDatagram<T>[] = [];
  /** When the newest datagram that keeps the order is due: none before it. */
  #newestDueMs = -Infinity;
  readonly #count = { taken: 0, lost: 0, duplicated: 0, heldBack: 0 };

  constructor(impairment: Impairment) {
    this.#impairment = impairment;
    this.#random = new SeededRandom(impairment.seed);
  }

  /** All that was counted. */
  get counts(): ImpairmentCounts {
    return { ...this.#count };
  }

  /** When `tick` has to be called; `undefined` while nothing is under way. */
  get wakeAtMs(): number | undefined {
    return this.#underWay[0]?.dueMs;
  }

  /**
   * Is another network from now on, whose fates begin with its seed. What is under way comes out in its
   * time; what comes from now on may pass it.
   */
  change(impairment: Impairment): void {
    this.#impairment = impairment;
    this.#random = new SeededRandom(impairment.seed);
    this.#newestDueMs = -Infinity;
  }

  /** Takes a datagram, and gives those that are due: it may be among them. */
  push(datagram: T, nowMs: number): DueDatagram<T>[] {
    const { loss, delayMs, jitterMs, reorder, duplicate } = this.#impairment;
    // Each draws the same count of numbers, so that a change of one figure leaves other fates alone.
    const [isLost, isHeldBack, isDuplicated] = [loss, reorder, duplicate]
      .map((share) => this.#random.fraction() < share);
    const jitter = (this.#random.fraction() * 2 - 1) * jitterMs;
    this.#count.taken++;
    if (isLost || this.#underWay.length >= MOST_UNDER_WAY) {
      this.#count.lost++;
      return this.tick(nowMs);
    }
    let dueMs = Math.max(nowMs + Math.max(0, delayMs + jitter), this.#newestDueMs);
    if (isHeldBack) {
      this.#count.heldBack++;
      dueMs += HOLD_BACK_MS;
    } else {
      this.#newestDueMs = dueMs;
    }
    this.#send({ datagram, dueMs });
    if (isDuplicated) {
      this.#count.duplicated++;
      this.#send({ datagram, dueMs });
    }
    return this.tick(nowMs);
  }

  /** Gives the datagrams that are due by now, in the order in which they come out. */
  tick(nowMs: number): DueDatagram<T>[] {
    const firstLater = this.#underWay.findIndex(({ dueMs }) => dueMs > nowMs);
    return this.#underWay.splice(0, firstLater < 0 ? this.#underWay.length : firstLater);
  }

  #send(due: DueDatagram<T>): void {
    const before = this.#underWay.findLastIndex(({ dueMs }) => dueMs <= due.dueMs);
    this.#underWay.splice(before + 1, 0, due);
  }
}
