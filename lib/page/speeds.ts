import type { WindowFigures } from "../web/window_messages.ts";

/** What can be chosen: backwards, slower, as it was made, faster. */
const SPEEDS: readonly number[] = [-2, -1, 0.25, 0.5, 1, 2, 4, 8];

/** A speed, and how it is called. */
export interface Speed {
  readonly scale: number;
  readonly label: string;
}

/**
 * The speeds to choose from; the one in use is among them, whatever it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const labels = speedsWith(3).map(({ label }) => label);
 * assertEquals(labels, ["−2×", "−1×", "¼×", "½×", "1×", "2×", "3×", "4×", "8×"]);
 * ```
 */
export function speedsWith(scale: number): Speed[] {
  const scales = SPEEDS.includes(scale) ? SPEEDS : [...SPEEDS, scale].toSorted((a, b) => a - b);
  return scales.map((one) => ({ scale: one, label: labelOf(one) }));
}

/**
 * What to say of a speed that the server does not play at; empty where it does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const note = "The server plays at 1×, it was asked for 2×.";
 * assertEquals(speedNote({ wanted: 1, asked: 2, used: 1 }), note);
 * assertEquals(speedNote({ wanted: 2, asked: 2, used: 2 }), "");
 * ```
 */
export function speedNote(scale: WindowFigures["scale"]): string {
  if (scale === null || scale.asked === null || scale.used === null) return "";
  const isDone = scale.asked === scale.used || scale.wanted !== scale.used;
  return isDone
    ? ""
    : `The server plays at ${labelOf(scale.used)}, it was asked for ${labelOf(scale.asked)}.`;
}

function labelOf(scale: number): string {
  const size = Math.abs(scale);
  const digits = size === 0.25 ? "¼" : size === 0.5 ? "½" : String(Number(size.toFixed(3)));
  return `${scale < 0 ? "−" : ""}${digits}×`;
}
