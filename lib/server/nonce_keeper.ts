import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import { digestHash } from "../rtsp/digest.ts";

/**
 * What a nonce is worth: `good`; `stale`, ours but too old; `replayed`, used with this count before; `forged`,
 * not given out here, or to somebody else, or before the last start.
 */
export type NonceState = "good" | "stale" | "replayed" | "forged";

/** What may be set otherwise. */
export interface NonceSettings {
  /** How long a nonce may be used; 5 minutes unless set. */
  readonly ageMs?: number;
  /** How many nonces' counts are remembered; 4,096 unless set. */
  readonly maxRemembered?: number;
}

/** Which counts of one nonce were used: bit i of `seen` stands for `highest` - i. */
interface Used {
  readonly serial: number;
  highest: number;
  seen: number;
}

const DEFAULT_AGE_MS = 5 * 60_000;
const DEFAULT_MAX_REMEMBERED = 4096;
/** Counts behind the highest that may still come: bits of an integer. */
const WINDOW = 32;

/**
 * Gives out nonces for Digest and knows them again (RFC 7616 §3.3, §5.4). A nonce is its time of issue and a
 * serial number, with a keyed hash over both: giving one out costs no memory, so nobody can fill it.
 *
 * Counts (`nc`) may come once each. They need not come in order: a client's connections share a nonce and
 * overtake each other, so each of the last 32 counts may still be missing; older ones are refused. Counts are
 * remembered for a bounded number of nonces; of all older nonces than a forgotten one, those not remembered
 * are `stale` from then on, so that forgetting opens no replay.
 */
export class NonceKeeper {
  readonly #secret: string;
  readonly #ageMs: number;
  readonly #maxRemembered: number;
  readonly #used = new Map<string, Used>();
  #serial = 0;
  #forgottenTo = 0;

  constructor(random: RandomSource, settings: NonceSettings = {}) {
    this.#secret = Array.from({ length: 8 }, () => hex(random.uint32(), 8)).join("");
    this.#ageMs = settings.ageMs ?? DEFAULT_AGE_MS;
    this.#maxRemembered = settings.maxRemembered ?? DEFAULT_MAX_REMEMBERED;
  }

  /** How many nonces' counts are remembered. */
  get remembered(): number {
    return this.#used.size;
  }

  /**
   * A new nonce: 58 hexadecimal digits.
   *
   * @param holder To whom it is bound, such as a peer's address: for others it is `forged`.
   */
  issue(now: Now, holder = ""): string {
    const head = hex(Math.floor(now.monotonicMs), 13) + hex(++this.#serial, 13);
    return head + this.#sign(head, holder);
  }

  /**
   * What a nonce is worth, and, where it is good, that its count is used now. To be asked after the response
   * was found right: otherwise anybody could use up the counts of others.
   *
   * @param nonceCount `nc`; `undefined` in the form of RFC 2069, which has none, so that its nonces may be
   * used again until they are too old.
   */
  check(nonce: string, nonceCount: number | undefined, now: Now, holder = ""): NonceState {
    const [, head = "", time = "", serialDigits = "", signature = ""] =
      /^(([0-9a-f]{13})([0-9a-f]{13}))([0-9a-f]{32})$/.exec(nonce) ?? [];
    if (!equalInConstantTime(signature, this.#sign(head, holder))) return "forged";
    if (now.monotonicMs - parseInt(time, 16) >= this.#ageMs) return "stale";
    if (nonceCount === undefined) return "good";
    const used = this.#used.get(nonce);
    if (used !== undefined) return use(used, nonceCount) ? "good" : "replayed";
    const serial = parseInt(serialDigits, 16);
    if (serial <= this.#forgottenTo) return "stale";
    if (nonceCount < 1) return "replayed";
    this.#remember(nonce, { serial, highest: nonceCount, seen: 1 });
    return "good";
  }

  #remember(nonce: string, used: Used): void {
    for (const [oldest, { serial }] of this.#used) {
      if (this.#used.size < this.#maxRemembered) break;
      this.#used.delete(oldest);
      this.#forgottenTo = Math.max(this.#forgottenTo, serial);
    }
    this.#used.set(nonce, used);
  }

  /** Hashed twice, so that nothing can be appended (as RFC 2104 does it); 128 bits of it. */
  #sign(head: string, holder: string): string {
    const inner = digestHash("SHA-256", `${this.#secret}:${head}:${holder}`);
    return digestHash("SHA-256", `${this.#secret}:${inner}`).slice(0, 32);
  }
}

/**
 * Whether two texts are the same, in a time that does not tell where they differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([equalInConstantTime("ab", "ab"), equalInConstantTime("ab", "ac")], [true, false]);
 * ```
 */
export function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** Whether the count was not used yet; it is from now on. */
function use(used: Used, count: number): boolean {
  const ahead = count - used.highest;
  if (ahead > 0) {
    used.seen = ahead < WINDOW ? used.seen << ahead | 1 : 1;
    used.highest = count;
    return true;
  }
  const bit = 1 << -ahead;
  if (count < 1 || -ahead >= WINDOW || (used.seen & bit) !== 0) return false;
  used.seen |= bit;
  return true;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
