/** How long the first wait lasts; each further one twice as long. */
export const FIRST_WAIT_MS = 500;
/** The longest wait between two attempts. */
export const LONGEST_WAIT_MS = 10_000;

/** How a play, or an attempt to set it up again, came to its end. */
export interface PlayFailure {
  readonly outcome: "failed" | "refused";
  /** The server's answer, where there was one. */
  readonly status?: number;
  /** Whether it had been set up again and did not play yet; otherwise it was playing. */
  readonly isRestoring: boolean;
}

/** Answers that more attempts make no better: a login that is tried over and over gets locked. */
const FINAL: ReadonlySet<number | undefined> = new Set([401, 403]);

/**
 * Whether and when a play that failed is set up again: only once a frame had come, after 0.5 s, then twice
 * as long each time up to 10 s. A play that lasted longer than the wait before it begins with 0.5 s again;
 * one that breaks at once does not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const policy = new ReconnectPolicy();
 * policy.frame(0);
 * const lost = { outcome: "failed", isRestoring: false } as const;
 * assertEquals(policy.retryAtMs(lost, 60_000), 60_500);
 * assertEquals(policy.retryAtMs({ ...lost, isRestoring: true }, 60_500), 61_500);
 * ```
 */
export class ReconnectPolicy {
  #hasBegun = false;
  /** When the first frame of this attempt came. */
  #playingSinceMs: number | undefined;
  #waitMs = FIRST_WAIT_MS;
  #lastWaitMs = 0;

  /** A frame came. */
  frame(nowMs: number): void {
    this.#hasBegun = true;
    this.#playingSinceMs ??= nowMs;
  }

  /** When to try again, in monotonic milliseconds; `undefined`: that is the end of it. */
  retryAtMs(failure: PlayFailure, nowMs: number): number | undefined {
    if (!this.#hasBegun || isFinal(failure)) return undefined;
    const playedMs = nowMs - (this.#playingSinceMs ?? nowMs);
    if (playedMs > this.#lastWaitMs) this.#waitMs = FIRST_WAIT_MS;
    this.#playingSinceMs = undefined;
    this.#lastWaitMs = this.#waitMs;
    this.#waitMs = Math.min(2 * this.#waitMs, LONGEST_WAIT_MS);
    return nowMs + this.#lastWaitMs;
  }
}

/** A source may be back later than its server, and is not found meanwhile; while it plays, no is no. */
function isFinal({ outcome, status = 0, isRestoring }: PlayFailure): boolean {
  if (outcome === "failed") return false;
  return FINAL.has(status) || !isRestoring && status < 500;
}
