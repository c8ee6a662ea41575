import type { CompletionEntry } from "./completion_entry.ts";

/** A word in a program's first place, and what can follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly entries: readonly CompletionEntry[];
}
