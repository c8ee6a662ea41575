import type { WindowState } from "../web/window_messages.ts";

/**
 * What went wrong, and the way back.
 *
 * @param sentence Without a period; empty where nothing went wrong.
 * @param count How many buttons there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const gone = "Cannot play: the server closed the connection";
 * assertEquals(problemText(gone, "init", 4), `${gone}. Press SETUP to try again.`);
 * assertEquals(problemText(gone, "ready", 4), `${gone}.`);
 * assertEquals(problemText("", "init", 3), "");
 * ```
 */
export function problemText(sentence: string, state: WindowState, count: 3 | 4): string {
  if (sentence === "") return "";
  if (state !== "init") return `${sentence}.`;
  return `${sentence}. Press ${count === 4 ? "SETUP" : "Play"} to try again.`;
}
