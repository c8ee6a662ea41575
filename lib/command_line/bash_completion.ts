import type { CompletionEntry } from "./completion_entry.ts";

/** A completion script for bash, without the package bash-completion. */
export function bashCompletion(
  program: string,
  entries: readonly CompletionEntry[],
  commands: readonly string[],
): string {
  const name = `_${program.replaceAll("-", "_")}`;
  const cases = entries.flatMap((entry) => valueCase(entry));
  const words = entries.flatMap(({ name, short }) => [
    `--${name}`,
    ...short === undefined ? [] : [`-${short}`],
  ]);
  return `\
# Completions of ${program} for bash: source <(${program} --completions bash)
${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # "--name=value" comes as three words
  [[ $current == "=" ]] && current=""
  [[ $before == "=" && COMP_CWORD -ge 2 ]] && before=\${COMP_WORDS[COMP_CWORD-2]}
  case $before in
${cases.join("\n")}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W ${quote(words.join(" "))} -- "$current"))
${commandWords(commands)}  fi
}
complete -o default -F ${name} ${program}
`;
}

function commandWords(commands: readonly string[]): string {
  if (commands.length === 0) return "";
  return `  elif [[ COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W ${quote(commands.join(" "))} -- "$current"))
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
