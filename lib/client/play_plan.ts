import type { ClientCommand } from "./client_command.ts";

/** One thing to do; `stop` is a teardown, `quit` ends the whole play. */
export type PlayStep =
  | ClientCommand
  | { readonly kind: "stop" }
  | { readonly kind: "quit" }
  | { readonly kind: "wait"; readonly ms: number };

/** What a client does, and when it is done with it. */
export interface PlayPlan {
  /** In their order; each one when the one before is done. */
  readonly steps: readonly PlayStep[];
  /**
   * `end`: when there are no steps left, what plays is played to its end; then torn down. `wait`: its user
   * says what is next, until `quit`; failures end nothing.
   */
  readonly then: "end" | "wait";
  /** Whether PLAY sets up by itself where that was not done: three buttons in place of four. */
  readonly playSetsUp: boolean;
  /** Most frames. */
  readonly frames?: number;
  /** Longest playing time, pauses left out. */
  readonly durationMs?: number;
}

/** The plan of a client that nobody tells anything: one play from its start to its end. */
export const PLAY_THROUGH: PlayPlan = {
  steps: [{ kind: "setup" }, { kind: "play" }],
  then: "end",
  playSetsUp: true,
};
