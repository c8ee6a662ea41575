import { InterarrivalJitter } from "../rtp/interarrival_jitter.ts";
import { timestampDistance } from "../rtp/sequence.ts";
import type { LabFrame } from "../rtp_lab/lab_frame.ts";
import type { LabPacket } from "../rtp_lab/parse_lab_packet.ts";
import type { JitterBasis } from "./reception.ts";

/** Timestamp units in which lab servers count, finest first; the text's own, seconds, is too coarse. */
const CLOCKS_HZ = [90_000, 1_000] as const;
/** How far a clock may seem off and still be that one. */
const TOLERANCE = 0.1;
/** The unit of made-up timestamps. */
const MICROSECONDS_HZ = 1_000_000;

interface JitterByClock {
  readonly hz: number;
  readonly jitter: InterarrivalJitter;
}

/** A frame, where the one before it was the one sent before it. */
interface Neighbour {
  readonly arrivalMs: number;
  /** The sequence numbers with which the next frame may start: pieces with a number each, or one. */
  readonly next: readonly [number, number];
}

/**
 * Jitter by RFC 3550 A.8 where nobody knows the unit of the timestamps: measured against each clock that
 * lab servers use, and against the mean interval between frames; what the timestamps and the arrivals
 * say together decides which one counts.
 */
export class LabJitter {
  readonly #byClock: readonly JitterByClock[] = CLOCKS_HZ.map((hz) => {
    return { hz, jitter: new InterarrivalJitter(hz) };
  });
  readonly #byInterval = new InterarrivalJitter(MICROSECONDS_HZ);
  #lastPacket: { readonly timestamp: number; readonly arrivalMs: number } | undefined;
  #ticks = 0;
  #ms = 0;
  #packets = 0;
  #lastFrame: Neighbour | undefined;
  #intervals = 0;
  #intervalsMs = 0;
  #expectedUs = 0;

  /** What the arrivals are measured against. */
  get basis(): JitterBasis {
    return this.#clock === undefined ? "mean interval" : "timestamps";
  }

  /** The jitter in milliseconds; `undefined` while there is nothing to compare. */
  get ms(): number | undefined {
    const clock = this.#clock;
    if (clock !== undefined) return clock.jitter.ms;
    return this.#intervals === 0 ? undefined : this.#byInterval.ms;
  }

  /** Takes the next packet in the order of arrival. */
  packet({ timestamp }: LabPacket, arrivalMs: number): void {
    for (const { jitter } of this.#byClock) jitter.add(timestamp, arrivalMs);
    const last = this.#lastPacket;
    this.#lastPacket = { timestamp, arrivalMs };
    if (last === undefined) return;
    this.#packets++;
    this.#ticks += timestampDistance(last.timestamp, timestamp);
    this.#ms += arrivalMs - last.arrivalMs;
  }

  /** Takes the next frame in order; one behind a gap is compared with none. */
  frame({ sequence, packets }: LabFrame, arrivalMs: number): void {
    const last = this.#lastFrame;
    this.#lastFrame = {
      arrivalMs,
      next: [sequence + 1 & 0xffff, sequence + packets & 0xffff],
    };
    if (last === undefined || !last.next.includes(sequence)) {
      this.#byInterval.restart();
    } else {
      this.#intervals++;
      this.#intervalsMs += arrivalMs - last.arrivalMs;
      this.#expectedUs += Math.round(this.#intervalsMs / this.#intervals * 1000);
    }
    this.#byInterval.add(this.#expectedUs >>> 0, arrivalMs);
  }

  /** A pause: what comes next is compared with nothing before it. */
  restart(): void {
    for (const { jitter } of this.#byClock) jitter.restart();
    this.#byInterval.restart();
    this.#lastPacket = undefined;
    this.#lastFrame = undefined;
  }

  get #clock(): JitterByClock | undefined {
    if (this.#packets === 0 || this.#ms <= 0) return undefined;
    const hz = this.#ticks / this.#ms * 1000;
    return this.#byClock.find((clock) => Math.abs(hz / clock.hz - 1) < TOLERANCE);
  }
}
