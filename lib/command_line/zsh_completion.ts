import type { CompletedCommand } from "./completed_command.ts";
import type { CompletionEntry } from "./completion_entry.ts";

/** A completion script for zsh: a file `_program` in a folder of `$fpath`, or to be sourced. */
export function zshCompletion(
  program: string,
  entries: readonly CompletionEntry[],
  commands: readonly CompletedCommand[],
): string {
  const name = `_${program.replaceAll("-", "_")}`;
  const words = commands.map((command) => command.name).join(" ");
  const first = commands.length === 0 ? "" : `${quote(`1: :(${words})`)} `;
  return `\
#compdef ${program}
# Completions of ${program} for zsh: source <(${program} --completions zsh)
${name}() {
${commandCases(name, commands)}${argumentLines(entries, first)}}
${commands.map((command) => commandFunction(name, command)).join("")}\
if [ "$funcstack[1]" = "${name}" ]; then
  ${name} "$@"
else
  compdef ${name} ${program}
fi
`;
}

function argumentLines(entries: readonly CompletionEntry[], first: string): string {
  const lines = entries.map((entry) => `    ${specification(entry)} \\\n`).join("");
  return `  _arguments -s -S \\\n${lines}    ${first}'*: :_files'\n`;
}

/** Where a command stands in the first place, its own function goes on, as if it were the program. */
function commandCases(name: string, commands: readonly CompletedCommand[]): string {
  if (commands.length === 0) return "";
  const cases = commands.map((command) =>
    `      ${command.name}) shift words; (( CURRENT-- )); ${name}_${command.name}; return ;;\n`
  );
  return `  if (( CURRENT > 2 )); then
    case $words[2] in
${cases.join("")}    esac
  fi
`;
}

function commandFunction(name: string, command: CompletedCommand): string {
  return `${name}_${command.name}() {\n${argumentLines(command.entries, "")}}\n`;
}

/** As `_arguments` wants it: `'(-d --duration)'{-d+,--duration=}'[help]:value: '`. */
function specification(entry: CompletionEntry): string {
  const { name, short, help, repeats, value } = entry;
  const text = `[${escape(help)}]${action(value)}`;
  const assign = value === undefined ? "" : "=";
  if (repeats) return quote(`*--${name}${assign}${text}`);
  if (short === undefined) return quote(`--${name}${assign}${text}`);
  const shortAssign = value === undefined ? "" : "+";
  const both = `{-${short}${shortAssign},--${name}${assign}}`;
  return `${quote(`(-${short} --${name})`)}${both}${quote(text)}`;
}

function action(value: CompletionEntry["value"]): string {
  if (value === undefined) return "";
  switch (value.kind) {
    case "words":
      return `:value:(${value.words.join(" ")})`;
    case "folder":
      return ":folder:_files -/";
    case "file":
      return ":file:_files";
    case "other":
      return ":value: ";
    default:
      return value satisfies never;
  }
}

function escape(text: string): string {
  return text.replace(/[[\]\\:]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
