import type { Now } from "../bytes/now.ts";

/** Both clocks of this machine. */
export function readClock(): Now {
  return { monotonicMs: performance.now(), unixMs: Date.now() };
}
