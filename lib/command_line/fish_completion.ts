import type { CompletedCommand } from "./completed_command.ts";
import type { CompletionEntry } from "./completion_entry.ts";

/** A completion script for fish: a file `program.fish` in its folder completions, or to be sourced. */
export function fishCompletion(
  program: string,
  entries: readonly CompletionEntry[],
  commands: readonly CompletedCommand[],
): string {
  const names = commands.map(({ name }) => name).join(" ");
  const words = commands.length === 0 ? [] : [
    `complete -c ${program} -n __fish_is_first_arg -a ${quote(names)}`,
  ];
  const own = commands.length === 0
    ? ""
    : ` -n ${quote(`not __fish_seen_subcommand_from ${names}`)}`;
  const lines = [
    `# Completions of ${program} for fish: ${program} --completions fish | source`,
    ...words,
    ...entries.map((entry) => `complete -c ${program}${own}${entryText(entry)}`),
    ...commands.flatMap(({ name, entries }) => {
      const condition = ` -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
      return entries.map((entry) => `complete -c ${program}${condition}${entryText(entry)}`);
    }),
  ];
  return lines.join("\n") + "\n";
}

function entryText({ name, short, help, value }: CompletionEntry): string {
  const letter = short === undefined ? "" : ` -s ${short}`;
  return ` -l ${name}${letter}${valueText(value)} -d ${quote(help)}`;
}

function valueText(value: CompletionEntry["value"]): string {
  if (value === undefined) return "";
  switch (value.kind) {
    case "words":
      return ` -x -a ${quote(value.words.join(" "))}`;
    case "folder":
      return " -x -a '(__fish_complete_directories)'";
    case "file":
      return " -r -F";
    case "other":
      return " -x";
    default:
      return value satisfies never;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
