import type { CompletedCommand } from "./completed_command.ts";
import type { CompletionEntry } from "./completion_entry.ts";

/** A completion script for bash, without the package bash-completion. */
export function bashCompletion(
  program: string,
  entries: readonly CompletionEntry[],
  commands: readonly CompletedCommand[],
): string {
  const name = `_${program.replaceAll("-", "_")}`;
  return `\
# Completions of ${program} for bash: source <(${program} --completions bash)
${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # "--name=value" comes as three words
  [[ $current == "=" ]] && current=""
  [[ $before == "=" && COMP_CWORD -ge 2 ]] && before=\${COMP_WORDS[COMP_CWORD-2]}
${commandCases(name, commands)}${optionLines(entries)}${commandWords(commands)}  fi
}
${commands.map((command) => commandFunction(name, command)).join("")}\
complete -o default -F ${name} ${program}
`;
}

/** Completes the options; the last `if` is open still. */
function optionLines(entries: readonly CompletionEntry[]): string {
  const words = entries.flatMap(({ name, short }) => [
    `--${name}`,
    ...short === undefined ? [] : [`-${short}`],
  ]);
  return `\
  case $before in
${entries.flatMap((entry) => valueCase(entry)).join("\n")}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W ${quote(words.join(" "))} -- "$current"))
`;
}

/** Where a command stands in the first place, its own function goes on. */
function commandCases(name: string, commands: readonly CompletedCommand[]): string {
  if (commands.length === 0) return "";
  const cases = commands.map((command) =>
    `    ${command.name}) ${name}_${command.name}; return ;;`
  );
  return `  if [[ COMP_CWORD -gt 1 ]]; then
    case \${COMP_WORDS[1]} in
${cases.map((line) => `  ${line}\n`).join("")}    esac
  fi
`;
}

function commandFunction(name: string, command: CompletedCommand): string {
  return `${name}_${command.name}() {
${optionLines(command.entries)}  fi
}
`;
}

function commandWords(commands: readonly CompletedCommand[]): string {
  if (commands.length === 0) return "";
  const names = commands.map(({ name }) => name).join(" ");
  return `  elif [[ COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W ${quote(names)} -- "$current"))
`;
}

/** What follows an option that has a value. */
function valueCase({ name, short, value }: CompletionEntry): string[] {
  if (value === undefined) return [];
  const pattern = short === undefined ? `--${name}` : `--${name} | -${short}`;
  switch (value.kind) {
    case "words":
      return [
        `    ${pattern}) COMPREPLY=($(compgen -W ${
          quote(value.words.join(" "))
        } -- "$current")); return ;;`,
      ];
    case "folder":
      return [`    ${pattern}) compopt -o filenames 2> /dev/null; ${folders} return ;;`];
    case "file": // the shell's own way, by -o default
    case "other":
      return [`    ${pattern}) return ;;`];
    default:
      return value satisfies never;
  }
}

const folders = `mapfile -t COMPREPLY < <(compgen -d -- "$current");`;

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
