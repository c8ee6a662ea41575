import type { PlayStep } from "./play_plan.ts";

const COMMON: readonly (readonly [string, PlayStep])[] = [
  ["p", { kind: "play" }],
  ["a", { kind: "pause" }],
  ["t", { kind: "teardown" }],
  ["d", { kind: "describe" }],
  ["q", { kind: "quit" }],
  ["\x03", { kind: "quit" }], // Ctrl-C where the terminal passes it on
  ["\x04", { kind: "quit" }],
];

/** What each key does: a button a command, or the three of a video recorder. */
const KEYS: Readonly<Record<3 | 4, ReadonlyMap<string, PlayStep>>> = {
  4: new Map([["s", { kind: "setup" }], ...COMMON]),
  3: new Map([["s", { kind: "stop" }], ...COMMON]),
};

/**
 * What a key on the terminal means; `undefined` where it means nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(keyStep("s", 4), { kind: "setup" });
 * assertEquals(keyStep("S", 3), { kind: "stop" });
 * assertEquals(keyStep("x", 3), undefined);
 * ```
 */
export function keyStep(key: string, buttons: 3 | 4): PlayStep | undefined {
  return KEYS[buttons].get(key.toLowerCase());
}

/** One line that says what the keys do. */
export function describeKeys(buttons: 3 | 4): string {
  const first = buttons === 4 ? "s setup, p play, a pause, t teardown" : "p play, a pause, s stop";
  return `Keys: ${first}, d describe, q quit`;
}
