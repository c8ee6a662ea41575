/** What of a client's options makes sense for one source only. */
export interface SingleSourceOptions {
  readonly window: number | undefined;
  readonly open: boolean;
  readonly buttons: string | undefined;
  readonly rtpPort: number | undefined;
  readonly output: string | undefined;
}

/**
 * What contradicts several sources in one process: one sentence, or `undefined`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const none = { open: false, buttons: undefined, rtpPort: undefined, output: undefined };
 * assertEquals(
 *   severalProblem({ ...none, window: 0 }, 2),
 *   "--window contradicts 2 URLs: it shows one source",
 * );
 * assertEquals(severalProblem({ ...none, window: 0 }, 1), undefined);
 * ```
 */
export function severalProblem(options: SingleSourceOptions, count: number): string | undefined {
  if (count === 1) return undefined;
  const { window, open, buttons, rtpPort, output } = options;
  const contradict = (option: string, why: string) => `${option} contradicts ${count} URLs: ${why}`;
  if (window !== undefined) return contradict("--window", "it shows one source");
  if (open) return contradict("--open", "it shows one source");
  if (buttons !== undefined) return contradict("--buttons", "they steer one source");
  if (rtpPort !== undefined) return contradict("--rtp-port", "each source needs ports of its own");
  if (output !== undefined) {
    return contradict("--output -", "standard output takes the frames of one source");
  }
  return undefined;
}
