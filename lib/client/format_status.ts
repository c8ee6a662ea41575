import { progressBar } from "./progress_bar.ts";

/** Characters of a bar without its brackets. */
const [LEAST_BAR, MOST_BAR] = [5, 30];
/** Its brackets, the percentage and the blanks. */
const BESIDE_BAR = "[]  25 %  ".length;

/** What a status line tells of a play that goes on. */
export interface StatusFacts {
  /** Whole frames so far. */
  readonly frames: number;
  /** `undefined` before there is anything to measure; so with the others. */
  readonly framesPerSecond: number | undefined;
  readonly lost: number;
  readonly expected: number;
  readonly jitterMs: number | undefined;
  readonly roundTripMs: number | undefined;
  /** How much of the play is done, 0 to 1; `undefined` where its length is not known. */
  readonly progress: number | undefined;
}

/**
 * One line about a play that goes on, cut to the terminal's width; where the bar has no room, its
 * percentage stands alone.
 *
 * @param columns Most characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const facts = {
 *   frames: 50,
 *   framesPerSecond: 20,
 *   lost: 1,
 *   expected: 200,
 *   jitterMs: 1.234,
 *   roundTripMs: undefined,
 *   progress: undefined,
 * };
 * assertEquals(formatStatus(facts, 80), "50 frames  20.0 fps  loss 0.50 %  jitter 1.2 ms");
 * ```
 */
export function formatStatus(facts: StatusFacts, columns: number): string {
  const { frames, framesPerSecond, lost, expected, jitterMs, roundTripMs, progress } = facts;
  const figures = [
    `${frames} frame${frames === 1 ? "" : "s"}`,
    framesPerSecond === undefined ? undefined : `${framesPerSecond.toFixed(1)} fps`,
    expected === 0 ? undefined : `loss ${(100 * lost / expected).toFixed(2)} %`,
    jitterMs === undefined ? undefined : `jitter ${jitterMs.toFixed(1)} ms`,
    roundTripMs === undefined ? undefined : `rtt ${roundTripMs.toFixed(1)} ms`,
  ];
  const line = figures.filter((figure) => figure !== undefined).join("  ");
  const bar = progress === undefined ? "" : `${barFor(progress, columns - line.length)}  `;
  return (bar + line).slice(0, Math.max(0, columns));
}

/** As wide as there is room; where that is hardly any, the percentage says as much. */
function barFor(progress: number, room: number): string {
  const width = Math.min(MOST_BAR, room - BESIDE_BAR);
  return progressBar(progress, width < LEAST_BAR ? 0 : width);
}
