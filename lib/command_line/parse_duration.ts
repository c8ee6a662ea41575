const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["", 1000],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/**
 * A duration in milliseconds, or `undefined` where the text is none: `2s`, `500ms`, `1.5` (seconds),
 * `2m`, `1h`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([parseDuration("1.5"), parseDuration("500ms"), parseDuration("2 s")], [1500, 500, undefined]);
 * ```
 */
export function parseDuration(text: string): number | undefined {
  const [, digits, letters] = /^(\d+(?:\.\d+)?|\.\d+)([a-z]*)$/i.exec(text) ?? [];
  const unit = UNIT_MS.get(letters?.toLowerCase() ?? "none");
  return digits === undefined || unit === undefined ? undefined : Number(digits) * unit;
}
