/** What tells how far a play is, as far as it is known. */
export interface PlayLength {
  /** Frames so far, and how many are wanted. */
  readonly frames: number;
  readonly framesWanted?: number | undefined;
  /** Playing time so far, and how much is wanted. */
  readonly playingMs: number;
  readonly durationMs?: number | undefined;
  /** Where in the movie the newest frame is. */
  readonly positionSeconds?: number | undefined;
  /** What is played of the movie. */
  readonly startSeconds?: number | undefined;
  readonly endSeconds?: number | undefined;
}

/**
 * How much of a play is done, 0 to 1, by what ends it first; `undefined` where nothing is known of that.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(playProgress({ frames: 5, framesWanted: 20, playingMs: 250 }), 0.25);
 * const half = { positionSeconds: 15, startSeconds: 10, endSeconds: 20 };
 * assertEquals(playProgress({ frames: 5, playingMs: 250, ...half }), 0.5);
 * assertEquals(playProgress({ frames: 5, playingMs: 250 }), undefined);
 * ```
 */
export function playProgress(length: PlayLength): number | undefined {
  const { frames, framesWanted, playingMs, durationMs } = length;
  const { positionSeconds, startSeconds = 0, endSeconds } = length;
  const parts: number[] = [];
  if (framesWanted !== undefined) parts.push(frames / framesWanted);
  if (durationMs !== undefined) parts.push(playingMs / durationMs);
  if (positionSeconds !== undefined && endSeconds !== undefined && endSeconds > startSeconds) {
    parts.push((positionSeconds - startSeconds) / (endSeconds - startSeconds));
  }
  if (parts.length === 0) return undefined;
  return Math.min(1, Math.max(0, ...parts));
}
