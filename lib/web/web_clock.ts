import type { Now } from "../bytes/now.ts";

/** Time as the pages' streams need it; tests have one that is set by hand. */
export interface WebClock {
  now(): Now;
  /** Resolves after so many milliseconds, or at once when the signal says so. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
