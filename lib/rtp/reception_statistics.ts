import { InterarrivalJitter } from "./interarrival_jitter.ts";
import type { RtpHeader } from "./rtp_header.ts";
import { sequenceDistance } from "./sequence.ts";

/** How many packets in a row prove a source (RFC 3550 A.1). */
export const MIN_SEQUENTIAL = 2;
/** A number so far ahead, or further, is not taken as a gap (RFC 3550 A.1). */
export const MAX_DROPOUT = 3000;
/** A number so far behind, or further, is not taken as a late packet (RFC 3550 A.1). */
export const MAX_MISORDER = 100;

/**
 * What a packet is to its source: `unproven` in probation; `newest` ahead of all others; `reordered` behind
 * a newer one, for the first time; `duplicate`; `out-of-range` a jump that nothing proves yet;
 * `restarted` the second in a row after a jump: the source counts anew. `unproven` and `out-of-range`
 * are to be dropped.
 */
export type Arrival =
  | "unproven"
  | "newest"
  | "reordered"
  | "duplicate"
  | "out-of-range"
  | "restarted";

/** What a receiver reports on a source (RFC 3550 §6.4.1), without what the clock adds. */
export interface ReceptionReport {
  /** Lost since the last report, in 256ths of what was expected since: 0 to 255. */
  readonly fractionLost: number;
  /** Expected less received, as 24 bits signed: duplicates make it smaller, even negative. */
  readonly cumulativeLost: number;
  /** The highest number in the low 16 bits, the count of wraps in the high ones. */
  readonly extendedHighestSequence: number;
  /** In timestamp units, whole ones. */
  readonly jitter: number;
}

/** How a source's reception is measured. */
export interface ReceptionOptions {
  /** Timestamp units in a second: 90,000 for video. */
  readonly clockHz: number;
  /** How many packets in a row prove the source; 1 takes the first at its word. */
  readonly minSequential?: number;
}

/** How many numbers back duplicates are told from reordered packets: more than `MAX_MISORDER`. */
const REMEMBERED = 128;

/**
 * Validates the sequence numbers of one source and measures its reception: probation, gaps, wraps and
 * restarts as RFC 3550 A.1 has them, loss as A.3, jitter as A.8.
 */
export class ReceptionStatistics {
  readonly #jitter: InterarrivalJitter;
  readonly #seen = new Float64Array(REMEMBERED);
  readonly #minSequential: number;
  /** Packets in a row so far; the source is proven once these are enough. */
  #inRow = 0;
  /** The newest number with its wraps, and the first of the present count; `undefined` before any. */
  #highest: number | undefined;
  #base = 0;
  /** The number that would prove a jump. */
  #awaited: number | undefined;
  #received = 0;
  #duplicate = 0;
  #reordered = 0;
  #outOfRange = 0;
  #restarts = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #reported = { expected: 0, received: 0 };

  constructor(options: ReceptionOptions) {
    this.#jitter = new InterarrivalJitter(options.clockHz);
    this.#minSequential = options.minSequential ?? MIN_SEQUENTIAL;
    this.#seen.fill(NaN);
  }

  /** Packets that counted, duplicates among them (RFC 3550 §6.4.1). */
  get received(): number {
    return this.#receivedBefore + this.#received;
  }

  /** Packets that came again. */
  get duplicate(): number {
    return this.#duplicate;
  }

  /** Packets that came behind a newer one. */
  get reordered(): number {
    return this.#reordered;
  }

  /** Packets dropped as `out-of-range`. */
  get outOfRange(): number {
    return this.#outOfRange;
  }

  /** How often the source began to count anew. */
  get restarts(): number {
    return this.#restarts;
  }

  /** How many numbers there are from the first to the newest (A.3), all counts together. */
  get expected(): number {
    const present = this.#received === 0 ? 0 : (this.#highest ?? 0) - this.#base + 1;
    return this.#expectedBefore + present;
  }

  /** Expected less received (A.3): duplicates make it smaller, even negative. */
  get lost(): number {
    return this.expected - this.received;
  }

  /** See `InterarrivalJitter`. */
  get jitterTicks(): number {
    return this.#jitter.ticks;
  }

  /** See `InterarrivalJitter`. */
  get jitterMs(): number {
    return this.#jitter.ms;
  }

  /**
   * Takes the next packet in the order of arrival.
   *
   * @param arrivalMs On any clock that is never set back.
   */
  receive(packet: Pick<RtpHeader, "sequence" | "timestamp">, arrivalMs: number): Arrival {
    const { sequence, timestamp } = packet;
    const isProven = this.#inRow > 0 && this.#inRow >= this.#minSequential;
    const arrival = isProven ? this.#place(sequence) : this.#prove(sequence);
    if (arrival === "unproven") return arrival;
    if (arrival === "out-of-range") {
      this.#outOfRange++;
      return arrival;
    }
    if (arrival === "restarted") this.#jitter.restart();
    if (arrival === "duplicate") this.#duplicate++;
    if (arrival === "reordered") this.#reordered++;
    this.#received++;
    this.#jitter.add(timestamp, arrivalMs);
    return arrival;
  }

  /** What comes next is compared with nothing before it: a pause is no jitter. */
  pause(): void {
    this.#jitter.restart();
  }

  /** The report up to now; the next one's `fractionLost` counts from here (A.3). */
  takeReport(): ReceptionReport {
    const { expected, received } = this;
    const expectedSince = expected - this.#reported.expected;
    const lostSince = expectedSince - (received - this.#reported.received);
    this.#reported = { expected, received };
    const fraction = expectedSince === 0 ? 0 : Math.floor(lostSince * 256 / expectedSince);
    return {
      fractionLost: Math.min(Math.max(fraction, 0), 0xff),
      cumulativeLost: Math.min(Math.max(expected - received, -0x800000), 0x7fffff),
      extendedHighestSequence: (this.#highest ?? 0) >>> 0,
      jitter: Math.floor(this.#jitter.ticks),
    };
  }

  #prove(sequence: number): Arrival {
    const follows = this.#highest !== undefined && sequence === (this.#highest + 1 & 0xffff);
    this.#inRow = follows ? this.#inRow + 1 : 1;
    this.#highest = sequence;
    if (this.#inRow < this.#minSequential) return "unproven";
    this.#begin(sequence);
    return "newest";
  }

  #place(sequence: number): Arrival {
    const highest = this.#highest ?? sequence;
    const distance = sequenceDistance(highest & 0xffff, sequence);
    if (distance >= MAX_DROPOUT || distance <= -MAX_MISORDER) return this.#jump(sequence);
    const number = highest + distance;
    if (distance > 0) this.#highest = number;
    const wasSeen = this.#seen[number & REMEMBERED - 1] === number;
    this.#seen[number & REMEMBERED - 1] = number;
    if (wasSeen) return "duplicate";
    return distance > 0 ? "newest" : "reordered";
  }

  #jump(sequence: number): Arrival {
    if (sequence !== this.#awaited) {
      this.#awaited = sequence + 1 & 0xffff;
      return "out-of-range";
    }
    this.#restarts++;
    this.#expectedBefore = this.expected;
    this.#receivedBefore = this.received;
    this.#begin(sequence);
    return "restarted";
  }

  #begin(sequence: number): void {
    this.#base = sequence;
    this.#highest = sequence;
    this.#received = 0;
    this.#awaited = undefined;
    this.#seen.fill(NaN);
    this.#seen[sequence & REMEMBERED - 1] = sequence;
  }
}
