import { SequenceExtender } from "./sequence.ts";

/** Most packets that wait for one that is missing. */
export const REORDER_PACKETS = 64;
/** How long a packet waits for one that is missing before it. */
export const REORDER_WAIT_MS = 100;

/** A packet whose turn it is. */
export interface OrderedPacket<P> {
  readonly packet: P;
  /** Its sequence number, extended over wraps: grows by one from packet to packet. */
  readonly number: number;
  /** How many packets between the one before and this one were given up. */
  readonly lostBefore: number;
}

/** What became of a packet that was pushed, and whose turn it is now. */
export interface ReorderResult<P> {
  /**
   * `taken`: given out now or kept until its turn; `duplicate`: this number was here before; `late`:
   * it was given up already.
   */
  readonly verdict: "taken" | "duplicate" | "late";
  readonly ordered: readonly OrderedPacket<P>[];
}

/** How a `ReorderBuffer` differs from the usual one. */
export interface ReorderOptions<P> {
  /** Most packets that wait. */
  readonly packets?: number;
  /** How long one waits, in milliseconds. */
  readonly waitMs?: number;
  /**
   * Where several packets may share a number (the lab's way B): whether two of one number are the same
   * packet. Those that are not come out in the order of their arrival. Without it, one number is one packet.
   */
  readonly isSame?: (a: P, b: P) => boolean;
}

interface Waiting<P> {
  readonly packets: P[];
  readonly arrivalMs: number;
}

/** How many numbers back a duplicate is told from a late packet; a power of two. */
const REMEMBERED = 1024;

/**
 * Puts the packets of one source in order. A packet in its turn comes out at once; one that is ahead
 * waits for those before it, until it has waited for `waitMs` or `packets` wait with it: then what is
 * missing is given up, and counts as `lostBefore` of the packet behind the gap.
 *
 * Packets are kept past the call: their payloads must not be views of a buffer that is used again.
 * Numbers are taken as they come: who feeds it drops packets that are far out of range before
 * (`ReceptionStatistics`), and calls `restart` when the source began anew.
 */
export class ReorderBuffer<P extends { readonly sequence: number }> {
  readonly #most: number;
  readonly #waitMs: number;
  readonly #isSame: (a: P, b: P) => boolean;
  /** By extended number, in no order; never holds `#next` or one before it. */
  readonly #waiting = new Map<number, Waiting<P>>();
  readonly #seen = new Float64Array(REMEMBERED);
  #waitingPackets = 0;
  #extender = new SequenceExtender();
  /** The number whose turn is next; `undefined` before the first packet. */
  #next: number | undefined;
  /** The packets of the number before `#next`, where a number may be shared. */
  #current: P[] = [];

  constructor(options: ReorderOptions<P> = {}) {
    this.#most = options.packets ?? REORDER_PACKETS;
    this.#waitMs = options.waitMs ?? REORDER_WAIT_MS;
    this.#isSame = options.isSame ?? (() => true);
    this.#seen.fill(NaN);
  }

  /** How many packets wait. */
  get waiting(): number {
    return this.#waitingPackets;
  }

  /** When `tick` has to be called; `undefined` while nothing waits. */
  get wakeAtMs(): number | undefined {
    const oldest = this.#oldestArrival();
    return oldest === undefined ? undefined : oldest + this.#waitMs;
  }

  /**
   * Takes a packet that has arrived.
   *
   * @param arrivalMs On any clock that is never set back; the one of `tick`.
   */
  push(packet: P, arrivalMs: number): ReorderResult<P> {
    const number = this.#extender.extend(packet.sequence);
    this.#next ??= number;
    if (number === this.#next) {
      const ordered = this.#give([packet], number, 0);
      return { verdict: "taken", ordered: this.#giveRun(ordered, arrivalMs) };
    }
    if (number < this.#next) return this.#pushPast(packet, number, arrivalMs);
    const group = this.#waiting.get(number);
    if (group?.packets.some((other) => this.#isSame(other, packet))) {
      return { verdict: "duplicate", ordered: this.tick(arrivalMs) };
    }
    if (group === undefined) this.#waiting.set(number, { packets: [packet], arrivalMs });
    else group.packets.push(packet);
    this.#waitingPackets++;
    return { verdict: "taken", ordered: this.tick(arrivalMs) };
  }

  /** Gives up what was waited for too long. */
  tick(nowMs: number): OrderedPacket<P>[] {
    return this.#giveRun([], nowMs);
  }

  /** Gives out all that waits, as if nothing more came: at the end of a stream. */
  flush(): OrderedPacket<P>[] {
    return this.#giveRun([], Infinity);
  }

  /** Forgets numbers: the next packet is the first of a new count. What waits comes out before. */
  restart(): OrderedPacket<P>[] {
    const ordered = this.flush();
    this.#extender = new SequenceExtender();
    this.#next = undefined;
    this.#current = [];
    this.#seen.fill(NaN);
    return ordered;
  }

  /** A packet whose turn is over: a duplicate, late, or one more that shares the newest number. */
  #pushPast(packet: P, number: number, arrivalMs: number): ReorderResult<P> {
    const wasSeen = this.#seen[slot(number)] === number;
    const isCurrent = wasSeen && number === (this.#next ?? 0) - 1;
    if (isCurrent && !this.#current.some((other) => this.#isSame(other, packet))) {
      this.#current.push(packet);
      const ordered = [{ packet, number, lostBefore: 0 }];
      return { verdict: "taken", ordered: this.#giveRun(ordered, arrivalMs) };
    }
    if ((this.#next ?? 0) - number < REMEMBERED) this.#seen[slot(number)] = number;
    return { verdict: wasSeen ? "duplicate" : "late", ordered: this.tick(arrivalMs) };
  }

  /** Adds to `ordered` what is in its turn, giving up gaps that were waited for too long. */
  #giveRun(ordered: OrderedPacket<P>[], nowMs: number): OrderedPacket<P>[] {
    while (this.#waiting.size > 0) {
      const next = this.#next ?? 0;
      let number = next;
      if (!this.#waiting.has(next)) {
        const oldest = this.#oldestArrival() ?? Infinity;
        if (this.#waitingPackets < this.#most && nowMs < oldest + this.#waitMs) break;
        number = Math.min(...this.#waiting.keys());
      }
      const group = this.#waiting.get(number);
      if (group === undefined) break;
      this.#waiting.delete(number);
      this.#waitingPackets -= group.packets.length;
      ordered.push(...this.#give(group.packets, number, number - next));
    }
    return ordered;
  }

  #give(packets: P[], number: number, lost: number): OrderedPacket<P>[] {
    this.#seen[slot(number)] = number;
    this.#next = number + 1;
    this.#current = packets;
    return packets.map((packet, i) => ({ packet, number, lostBefore: i === 0 ? lost : 0 }));
  }

  #oldestArrival(): number | undefined {
    let oldest: number | undefined;
    for (const { arrivalMs } of this.#waiting.values()) {
      if (oldest === undefined || arrivalMs < oldest) oldest = arrivalMs;
    }
    return oldest;
  }
}

function slot(number: number): number {
  return number & REMEMBERED - 1;
}
