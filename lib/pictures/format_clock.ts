/**
 * A time for captions: minutes, seconds and hundredths, with hours where there are any.
 *
 * @param ms From 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([formatClock(2050), formatClock(3_723_999)], ["00:02.05", "1:02:03.99"]);
 * ```
 */
export function formatClock(ms: number): string {
  const hundredths = Math.floor(ms / 10);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const rest = `${two(hundredths / 6000 % 60)}:${two(hundredths / 100 % 60)}.${
    two(hundredths % 100)
  }`;
  const hours = Math.floor(hundredths / 360_000);
  return hours === 0 ? rest : `${hours}:${rest}`;
}
