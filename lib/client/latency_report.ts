import { GapHistogram } from "./gap_histogram.ts";

/** Test pictures tell times and numbers modulo this. */
const MODULUS = 4096;

/** What a test picture says of itself, modulo 4096. */
export interface TestFrameMark {
  readonly number: number;
  /** Unix milliseconds. */
  readonly dueMs: number;
}

/** How late test pictures came, over a play. */
export interface LatencyFigures {
  /** Pictures whose marks could be read, and those whose could not. */
  readonly read: number;
  readonly unread: number;
  /** Pictures that are missing between those that were read. */
  readonly missing: number;
  /** From when a picture was due at the server to when it was whole here, by both clocks. */
  readonly meanMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/**
 * Latency of test pictures: each tells when it was due. Right as far as the clocks of both machines
 * agree; up to 2 s, as the marks count modulo 4.096 s.
 */
export class LatencyReport {
  readonly #latencies = new GapHistogram();
  #unread = 0;
  #missing = 0;
  #last: number | undefined;

  /**
   * A frame has come.
   *
   * @param mark `undefined` where it cannot be read.
   * @param unixMs When it was whole.
   */
  add(mark: TestFrameMark | undefined, unixMs: number): void {
    if (mark === undefined) {
      this.#unread++;
      return;
    }
    const lateMs = modulo(unixMs - mark.dueMs);
    // Half of the range is the past: clocks that disagree make a picture come before it was due.
    this.#latencies.add(lateMs < MODULUS / 2 ? lateMs : 0);
    if (this.#last !== undefined) {
      const step = modulo(mark.number - this.#last);
      if (step < MODULUS / 2) this.#missing += Math.max(0, step - 1);
    }
    this.#last = mark.number;
  }

  /** Pictures whose marks could not be read. */
  get unread(): number {
    return this.#unread;
  }

  /** The figures so far; `undefined` before a picture could be read. */
  get figures(): LatencyFigures | undefined {
    const { count, meanMs, maxMs } = this.#latencies;
    const p99Ms = this.#latencies.quantileMs(0.99);
    if (meanMs === undefined || maxMs === undefined || p99Ms === undefined) return undefined;
    return { read: count, unread: this.#unread, missing: this.#missing, meanMs, p99Ms, maxMs };
  }
}

/** One line of text about the figures. */
export function formatLatency(figures: LatencyFigures | undefined): string {
  if (figures === undefined) return "Latency:     no test picture could be read\n";
  const { read, unread, missing, meanMs, p99Ms, maxMs } = figures;
  const ms = [`mean ${meanMs.toFixed(1)}`, `p99 ${p99Ms.toFixed(1)}`, `max ${maxMs.toFixed(1)} ms`];
  return `Latency:     ${ms.join(", ")} of ${read} test pictures, ` +
    `${missing} missing, ${unread} not read\n`;
}

function modulo(value: number): number {
  return (value % MODULUS + MODULUS) % MODULUS;
}
