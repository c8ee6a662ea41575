import type { WindowRequest, WindowState } from "../web/window_messages.ts";

/** What a button asks for. */
export type ButtonKind = Exclude<WindowRequest["kind"], "drawn" | "seek" | "scale" | "impair">;

/** A button of the player. */
export interface PlayerButton {
  readonly kind: ButtonKind;
  readonly label: string;
  /** The key that does the same. */
  readonly key: string;
}

const DESCRIBE: PlayerButton = { kind: "describe", label: "DESCRIBE", key: "d" };

const BUTTONS: Readonly<Record<3 | 4, readonly PlayerButton[]>> = {
  4: [
    { kind: "setup", label: "SETUP", key: "s" },
    { kind: "play", label: "PLAY", key: "p" },
    { kind: "pause", label: "PAUSE", key: "a" },
    { kind: "teardown", label: "TEARDOWN", key: "t" },
    DESCRIBE,
  ],
  3: [
    { kind: "play", label: "Play", key: "p" },
    { kind: "pause", label: "Pause", key: "a" },
    { kind: "stop", label: "Stop", key: "s" },
    DESCRIBE,
  ],
};

/** The states in which each button does something; play sets up by itself where there are three. */
const ALLOWED: Readonly<Record<ButtonKind, readonly WindowState[]>> = {
  setup: ["init"],
  play: ["ready"],
  pause: ["playing"],
  teardown: ["ready", "playing"],
  stop: ["ready", "playing"],
  describe: ["init", "ready", "playing"],
};

/** The player's buttons, in their order. */
export function playerButtons(count: 3 | 4): readonly PlayerButton[] {
  return BUTTONS[count];
}

/**
 * Whether a button does something.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([isAllowed("play", "init", 4), isAllowed("play", "init", 3)], [false, true]);
 * ```
 */
export function isAllowed(kind: ButtonKind, state: WindowState, count: 3 | 4): boolean {
  return kind === "play" && count === 3 && state === "init" || ALLOWED[kind].includes(state);
}

/**
 * What a key asks for; `undefined` where it means nothing now. Space plays or pauses.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([keyRequest(" ", "ready", 4), keyRequest(" ", "playing", 4)], ["play", "pause"]);
 * assertEquals(keyRequest("p", "init", 4), undefined);
 * assertEquals(keyRequest("t", "playing", 3), "stop");
 * ```
 */
export function keyRequest(key: string, state: WindowState, count: 3 | 4): ButtonKind | undefined {
  const pressed = key.toLowerCase();
  const kind: ButtonKind | undefined = pressed === " "
    ? state === "playing" ? "pause" : "play"
    : pressed === "t" && count === 3
    ? "stop"
    : BUTTONS[count].find((button) => button.key === pressed)?.kind;
  return kind !== undefined && isAllowed(kind, state, count) ? kind : undefined;
}
