import { closestName } from "./closest_name.ts";
import { parseDuration } from "./parse_duration.ts";

/** What a script can tell the client to do; `stop` is a teardown after which play sets up anew. */
const COMMANDS = [
  "setup",
  "play",
  "pause",
  "teardown",
  "describe",
  "options",
  "stop",
  "quit",
] as const;

const MOST_STEPS = 10_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;
/** As `--scale` has it. */
const MOST_SCALE = 100;

/** One step of a script. */
export type PlayStep =
  | { readonly kind: typeof COMMANDS[number] }
  | { readonly kind: "wait"; readonly ms: number }
  /** Goes on from that place in the movie. */
  | { readonly kind: "seek"; readonly seconds: number }
  /** Goes on at another pace: 2 is twice as fast, -1 backwards. */
  | { readonly kind: "scale"; readonly scale: number };

/** The steps, or what is wrong with the script: one sentence for the user. */
export type PlayScript =
  | { readonly kind: "script"; readonly steps: readonly PlayStep[] }
  | { readonly kind: "problem"; readonly message: string };

/**
 * Reads a script: commands with blanks or commas between them, `wait:2` being a pause of 2 s, `seek:10` a
 * jump, `scale:2` another pace.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const script: PlayScript = parsePlayScript("setup play wait:500ms");
 * const steps: PlayStep[] = [{ kind: "setup" }, { kind: "play" }, { kind: "wait", ms: 500 }];
 * assertEquals(script, { kind: "script", steps });
 * ```
 */
export function parsePlayScript(text: string): PlayScript {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) return problem("it is empty");
  if (words.length > MOST_STEPS) {
    return problem(`it has ${words.length} steps, at most ${MOST_STEPS} are allowed`);
  }
  const steps: PlayStep[] = [];
  for (const [index, word] of words.entries()) {
    const step = parseStep(word);
    if (typeof step === "string") return problem(`step ${index + 1} ${step}`);
    steps.push(step);
  }
  return { kind: "script", steps };
}

/** The step, or what is wrong with it. */
function parseStep(word: string): PlayStep | string {
  const [name = "", ...rest] = word.toLowerCase().split(":");
  const quoted = JSON.stringify(word);
  if (name === "wait") {
    const ms = parseDuration(rest.join(":"));
    if (ms !== undefined && ms <= LONGEST_WAIT_MS) return { kind: "wait", ms };
    return `is ${quoted}, a wait is written wait:2 or wait:500ms, up to wait:24h`;
  }
  if (name === "seek") {
    const ms = parseDuration(rest.join(":"));
    if (ms !== undefined) return { kind: "seek", seconds: ms / 1000 };
    return `is ${quoted}, a seek is written seek:10 or seek:1.5`;
  }
  if (name === "scale") {
    const scale = scaleOf(rest.join(":"));
    if (scale !== undefined) return { kind: "scale", scale };
    return `is ${quoted}, a scale is written scale:2, scale:0.5 or scale:-1, up to ${MOST_SCALE}`;
  }
  const command = COMMANDS.find((known) => known === name);
  if (command === undefined) {
    const closest = closestName(name, COMMANDS);
    const hint = closest === undefined ? "" : `, did you mean ${closest}?`;
    return `is ${quoted}, wanted ${
      COMMANDS.join(", ")
    }, wait:TIME, seek:TIME or scale:NUMBER${hint}`;
  }
  return rest.length === 0 ? { kind: command } : `is ${quoted}: ${command} takes no time`;
}

function scaleOf(text: string): number | undefined {
  const scale = /^-?\d{1,3}(?:\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  return scale === 0 || Math.abs(scale) > MOST_SCALE ? undefined : scale;
}

function problem(what: string): PlayScript {
  return { kind: "problem", message: `Cannot read the script: ${what}` };
}
