import { bashCompletion } from "./bash_completion.ts";
import type { CompletedCommand } from "./completed_command.ts";
import type { CompletionEntry } from "./completion_entry.ts";
import { fishCompletion } from "./fish_completion.ts";
import { optionName } from "./option_name.ts";
import type { OptionTable } from "./option_table.ts";
import { zshCompletion } from "./zsh_completion.ts";

/** The shells that completions are made for. */
export const COMPLETION_SHELLS = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type CompletionShell = typeof COMPLETION_SHELLS[number];

/** What of a program its completions are made from; a `CommandLineSpec` has it. */
export interface CompletedProgram {
  readonly program: string;
  readonly options: OptionTable;
  /** Words that may stand in the first place, such as `probe`, with their options. */
  readonly commands?: Readonly<Record<string, OptionTable>>;
}

const COMPLETIONS: CompletionEntry = {
  name: "completions",
  short: undefined,
  help: "print a script for this shell",
  repeats: false,
  value: { kind: "words", words: COMPLETION_SHELLS },
};

const BUILT_IN: readonly CompletionEntry[] = [
  { name: "help", short: "h", help: "show this text", repeats: false, value: undefined },
  { name: "version", short: "V", help: "show the version", repeats: false, value: undefined },
];

/**
 * A script that teaches a shell to complete a program's options: what it is to be given to is in its
 * first lines.
 */
export function completionScript(
  shell: CompletionShell,
  { program, options, commands: tables = {} }: CompletedProgram,
): string {
  const entries = [...entriesOf(options), COMPLETIONS, ...BUILT_IN];
  const commands = Object.entries(tables).map(([name, table]): CompletedCommand => ({
    name,
    entries: [...entriesOf(table), ...BUILT_IN],
  }));
  switch (shell) {
    case "bash":
      return bashCompletion(program, entries, commands);
    case "zsh":
      return zshCompletion(program, entries, commands);
    case "fish":
      return fishCompletion(program, entries, commands);
    default:
      return shell satisfies never;
  }
}

function entriesOf(options: OptionTable): CompletionEntry[] {
  return Object.entries(options).map(([key, row]): CompletionEntry => ({
    name: optionName(key),
    short: row.short,
    help: row.help,
    repeats: row.kind !== "flag" && row.repeat === true,
    value: valueOf(row),
  }));
}

function valueOf(row: OptionTable[string]): CompletionEntry["value"] {
  if (row.kind === "flag") return undefined;
  if (row.kind === "choice") return { kind: "words", words: row.choices };
  if (row.kind !== "file") return { kind: "other" };
  return { kind: row.placeholder?.startsWith("DIR") ? "folder" : "file" };
}
