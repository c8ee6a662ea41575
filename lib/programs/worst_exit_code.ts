import { EXIT_CODES } from "./exit_codes.ts";

const { usage, failed, refused, notHeld, played } = EXIT_CODES;

const WORST_FIRST: readonly number[] = [usage, failed, refused, notHeld, played];

/**
 * The exit code of a process that has played several sources: 2 goes before 1, 3, 4 and 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(worstExitCode([0, 4, 3]), 3);
 * assertEquals(worstExitCode([3, 1, 0]), 1);
 * ```
 */
export function worstExitCode(codes: readonly number[]): number {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? played;
}
