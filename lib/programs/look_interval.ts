import type { ClientOptions } from "../command_line/client_options.ts";

/** Where somebody sees what comes of the frames a moment later: a folder that fills, a status line. */
const SEEN_MS = 250;

/** Where nobody does before the end: each look costs more than what there is to do for a frame. */
const UNSEEN_MS = 2000;

/** What of the options tells who waits for frames. */
export type WaitingOptions =
  & Pick<ClientOptions, "window" | "impair" | "test" | "buttons" | "quiet" | "trace">
  & {
    readonly outputs: Pick<ClientOptions["outputs"], "toStdout" | "dump" | "thumbnails">;
  };

/**
 * How long a datagram may lie in the kernel before it is looked at: the longer, the less the play costs.
 *
 * @param isOnTerminal Whether a status line can be seen.
 * @returns Milliseconds; 0 where somebody, or some program, waits for each frame.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const options = { window: undefined, impair: undefined, test: false, buttons: undefined, trace: false };
 * const outputs = { toStdout: false, dump: undefined, thumbnails: undefined };
 * assertEquals(lookIntervalMs({ ...options, quiet: false, outputs }, false), 2000);
 * assertEquals(lookIntervalMs({ ...options, quiet: false, outputs }, true), 250);
 * assertEquals(lookIntervalMs({ ...options, quiet: true, outputs }, true), 2000);
 * assertEquals(
 *   lookIntervalMs({ ...options, quiet: true, outputs: { ...outputs, toStdout: true } }, true),
 *   0,
 * );
 * ```
 */
export function lookIntervalMs(options: WaitingOptions, isOnTerminal: boolean): number {
  const { outputs, window, impair, test, buttons, quiet, trace } = options;
  const isAwaited = outputs.toStdout || test || impair !== undefined ||
    window !== undefined || buttons !== undefined;
  if (isAwaited) return 0;
  const hasStatusLine = isOnTerminal && !quiet && !trace;
  const fillsFolder = outputs.dump !== undefined || outputs.thumbnails !== undefined;
  return hasStatusLine || fillsFolder ? SEEN_MS : UNSEEN_MS;
}
