import type { PlaySummary } from "./play_summary.ts";

/** What a play has to hold, for scripts; a limit that is absent is not looked at. */
export interface VerdictLimits {
  /** The largest share of packets that may be lost, 0 to 1. */
  readonly maxLoss?: number | undefined;
  /** The least mean rate of whole frames. */
  readonly minFramesPerSecond?: number | undefined;
  readonly maxJitterMs?: number | undefined;
}

/** Whether a play held its limits; the sentence has no final period. */
export interface Verdict {
  readonly passed: boolean;
  readonly sentence: string;
}

interface Check {
  readonly passed: boolean;
  readonly clause: string;
}

/**
 * Compares the figures of a play with limits. A figure that was not measured holds no limit, and a play
 * without a whole frame holds none at all.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [packets, frames] = [{ lossRate: 0.02 }, { whole: 400 }];
 * const summary = { packets, frames, framesPerSecond: 20, jitterMs: 0.31 };
 * assertEquals(verdict(summary, { maxLoss: 0.01, minFramesPerSecond: 19 }), {
 *   passed: false,
 *   sentence: "Failed: the loss is 2 %, 1 % at most is wanted",
 * });
 * ```
 */
export function verdict(
  summary: Pick<PlaySummary, "framesPerSecond" | "jitterMs"> & {
    readonly packets: Pick<PlaySummary["packets"], "lossRate">;
    readonly frames: Pick<PlaySummary["frames"], "whole">;
  },
  limits: VerdictLimits,
): Verdict {
  const { maxLoss, minFramesPerSecond, maxJitterMs } = limits;
  const { packets, framesPerSecond, jitterMs } = summary;
  if (summary.frames.whole === 0) {
    return { passed: false, sentence: "Failed: not one whole frame came" };
  }
  const checks: Check[] = [];
  if (maxLoss !== undefined) {
    checks.push(atMost("loss", percent(packets.lossRate), maxLoss * 100, "%"));
  }
  if (minFramesPerSecond !== undefined) {
    checks.push(atLeast("frame rate", framesPerSecond, minFramesPerSecond, "fps"));
  }
  if (maxJitterMs !== undefined) checks.push(atMost("jitter", jitterMs, maxJitterMs, "ms"));
  const failed = checks.filter(({ passed }) => !passed);
  const passed = failed.length === 0;
  const shown = passed ? checks : failed;
  const clauses = shown.map(({ clause }) => clause).join("; ");
  return { passed, sentence: `${passed ? "Passed" : "Failed"}: ${clauses || "no limit was set"}` };
}

function atMost(name: string, value: number | null, limit: number, unit: string): Check {
  const passed = value !== null && value <= limit;
  return { passed, clause: clause(name, value, limit, `${unit} at most is wanted`, unit) };
}

function atLeast(name: string, value: number | null, limit: number, unit: string): Check {
  const passed = value !== null && value >= limit;
  return { passed, clause: clause(name, value, limit, `${unit} at least is wanted`, unit) };
}

function clause(
  name: string,
  value: number | null,
  limit: number,
  wanted: string,
  unit: string,
): string {
  const found = value === null
    ? `the ${name} was not measured`
    : `the ${name} is ${figure(value, limit)} ${unit}`;
  return `${found}, ${figure(limit)} ${wanted}`;
}

function percent(share: number | null): number | null {
  return share === null ? null : share * 100;
}

/** Four digits, or as many as it takes to tell the value from what it is compared with. */
function figure(value: number, beside: number = value): string {
  const short = Number(value.toPrecision(4));
  return String(short === beside && value !== beside ? value : short);
}
