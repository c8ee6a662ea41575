import type { WebClock } from "./web_clock.ts";

/** The time of this machine. */
export const SYSTEM_CLOCK: WebClock = {
  now: () => ({ monotonicMs: performance.now(), unixMs: Date.now() }),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (ms <= 0 || signal?.aborted === true) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done);
    }),
};
