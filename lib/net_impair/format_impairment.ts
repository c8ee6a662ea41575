import { type Impairment, NO_IMPAIRMENT } from "./impairment.ts";

/** Digits that a percentage keeps: more than anyone writes, and less than binary fractions add. */
const DIGITS = 12;

/**
 * What `parseImpairment` reads as the same: only what differs from `NO_IMPAIRMENT`, and the seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseImpairment } from "./impairment.ts";
 *
 * assertEquals(formatImpairment(parseImpairment("delay=1.5s,loss=2%")), "loss=2%,delay=1500ms,seed=1");
 * ```
 */
export function formatImpairment(impairment: Impairment): string {
  const { loss, delayMs, jitterMs, reorder, duplicate, seed } = impairment;
  const percent = (fraction: number) => `${Number((fraction * 100).toPrecision(DIGITS))}%`;
  const parts: readonly (readonly [string, keyof Impairment, string])[] = [
    ["loss", "loss", percent(loss)],
    ["delay", "delayMs", `${delayMs}ms`],
    ["jitter", "jitterMs", `${jitterMs}ms`],
    ["reorder", "reorder", percent(reorder)],
    ["duplicate", "duplicate", percent(duplicate)],
  ];
  const changed = parts.filter(([, field]) => impairment[field] !== NO_IMPAIRMENT[field]);
  return [...changed.map(([name, , value]) => `${name}=${value}`), `seed=${seed}`].join(",");
}
