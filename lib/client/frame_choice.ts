/**
 * Which frames of a play a sink takes. Times are play time, in milliseconds after the first frame.
 *
 * - `everyFrames`: the first, and each `count`-th after it.
 * - `everyMs`: the first, and the first of each further interval.
 * - `times`: for each time, the first frame that is not before it.
 */
export type FrameChoice =
  | { readonly kind: "everyFrames"; readonly count: number }
  | { readonly kind: "everyMs"; readonly intervalMs: number }
  | { readonly kind: "times"; readonly timesMs: readonly number[] };
