import type { Now } from "../bytes/now.ts";

/** What may be set otherwise. */
export interface LoginThrottleSettings {
  /** Failures that cost nothing; 3 unless set. */
  readonly freeFailures?: number;
  /** The first failure's cost after these; 250 ms unless set. */
  readonly firstDelayMs?: number;
  /** What no failure costs more than; 8 s unless set. */
  readonly maxDelayMs?: number;
  /** After how long without a failure or success all is forgotten; 10 minutes unless set. */
  readonly forgetMs?: number;
  /** How many peers are remembered; 4,096 unless set. */
  readonly maxRemembered?: number;
}

interface History {
  failures: number;
  /** The cost of the last failure is paid then. */
  paidMs: number;
  lastMs: number;
}

const DEFAULTS: Required<LoginThrottleSettings> = {
  freeFailures: 3,
  firstDelayMs: 250,
  maxDelayMs: 8_000,
  forgetMs: 10 * 60_000,
  maxRemembered: 4096,
};

/**
 * Makes failed logins cost the peer growing time: the first ones nothing, then 250 ms, doubling to 8 s. Until
 * that is paid, credentials from there are to be left unjudged, so that connections side by side win nothing.
 *
 * A peer is an IPv4 address or the first 64 bits of an IPv6 address: who has one of these has all of them.
 * Once a user has logged in from there, its own failures there are counted apart: neither do the failures of
 * others behind the same address hold it up, nor does one's own success make guessing at others cheaper.
 */
export class LoginThrottle {
  readonly #settings: Required<LoginThrottleSettings>;
  /** By peer, or by peer and user; the longest unchanged first. */
  readonly #records = new Map<string, History>();

  constructor(settings: LoginThrottleSettings = {}) {
    this.#settings = { ...DEFAULTS, ...settings };
  }

  /** How many peers, and users at a peer, are remembered. */
  get remembered(): number {
    return this.#records.size;
  }

  /**
   * Counts a failed login. A request without credentials is none.
   *
   * @param address The peer's, literal.
   * @param user As whom; `undefined` where that cannot be read.
   * @returns How long to hold the answer back, in milliseconds.
   */
  failed(address: string, user: string | undefined, now: Now): number {
    const { freeFailures, firstDelayMs, maxDelayMs } = this.#settings;
    const key = this.#key(address, user, now);
    const former = this.#live(key, now);
    const failures = (former?.failures ?? 0) + 1;
    const doublings = failures - freeFailures - 1;
    const cost = doublings < 0 ? 0 : Math.min(maxDelayMs, firstDelayMs * 2 ** doublings);
    const paidMs = Math.max(now.monotonicMs + cost, former?.paidMs ?? 0);
    this.#put(key, { failures, paidMs, lastMs: now.monotonicMs });
    return paidMs - now.monotonicMs;
  }

  /** The user logged in from there: its failures there are forgotten. */
  succeeded(address: string, user: string, now: Now): void {
    const { monotonicMs } = now;
    this.#put(pairKey(address, user), { failures: 0, paidMs: monotonicMs, lastMs: monotonicMs });
  }

  /** How long the peer, as this user, still has to wait, in milliseconds. */
  delayMs(address: string, user: string | undefined, now: Now): number {
    const record = this.#live(this.#key(address, user, now), now);
    return Math.max(0, (record?.paidMs ?? 0) - now.monotonicMs);
  }

  #key(address: string, user: string | undefined, now: Now): string {
    if (user === undefined) return peerOf(address);
    const pair = pairKey(address, user);
    return this.#live(pair, now) === undefined ? peerOf(address) : pair;
  }

  /** What is remembered and not old enough to be forgotten. */
  #live(key: string, now: Now): History | undefined {
    const record = this.#records.get(key);
    if (record === undefined) return undefined;
    if (now.monotonicMs - record.lastMs < this.#settings.forgetMs) return record;
    this.#records.delete(key);
    return undefined;
  }

  #put(key: string, record: History): void {
    this.#records.delete(key);
    for (const oldest of this.#records.keys()) {
      if (this.#records.size < this.#settings.maxRemembered) break;
      this.#records.delete(oldest);
    }
    this.#records.set(key, record);
  }
}

function pairKey(address: string, user: string): string {
  return `${peerOf(address)} ${user}`;
}

/** The address, or the first four groups of an IPv6 address; IPv4 mapped into IPv6 is IPv4. */
function peerOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined || !plain.includes(":")) return mapped ?? plain;
  const [front = "", back] = plain.split("::");
  const head = front.split(":").filter((group) => group !== "");
  const tail = back?.split(":").filter((group) => group !== "") ?? [];
  const zeros = new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  const groups = [...head, ...back === undefined ? [] : zeros, ...tail].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
