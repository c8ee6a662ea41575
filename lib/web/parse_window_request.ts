import type { WindowRequest } from "./window_messages.ts";

const WORDS = ["drawn", "setup", "play", "pause", "teardown", "describe", "stop"] as const;

/** Longest movie that somebody seeks in. */
const MOST_SECONDS = 365 * 24 * 3600;

/** Characters of a text of `--impair`, which is read elsewhere. */
const MOST_TEXT = 200;

/** As `--scale` has it. */
const MOST_SCALE = 100;

/**
 * Reads what a page asks for.
 *
 * @returns `undefined` where the text is nothing that our page sends.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseWindowRequest('{"kind":"seek","seconds":2.5}'), { kind: "seek", seconds: 2.5 });
 * assertEquals(parseWindowRequest('{"kind":"quit"}'), undefined);
 * ```
 */
export function parseWindowRequest(text: string): WindowRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("kind" in value)) return undefined;
  const word = WORDS.find((one) => one === value.kind);
  if (word !== undefined) return { kind: word };
  if (value.kind === "seek" && "seconds" in value) {
    const { seconds } = value;
    const isPlace = typeof seconds === "number" && seconds >= 0 && seconds <= MOST_SECONDS;
    return isPlace ? { kind: "seek", seconds } : undefined;
  }
  if (value.kind === "scale" && "scale" in value) {
    const { scale } = value;
    const isPace = typeof scale === "number" && scale !== 0 && Math.abs(scale) <= MOST_SCALE;
    return isPace ? { kind: "scale", scale } : undefined;
  }
  if (value.kind === "impair" && "text" in value) {
    const { text } = value;
    const isText = typeof text === "string" && text.length <= MOST_TEXT;
    return isText ? { kind: "impair", text } : undefined;
  }
  return undefined;
}
