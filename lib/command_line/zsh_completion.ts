import type { CompletionEntry } from "./completion_entry.ts";

/** A completion script for zsh: a file `_program` in a folder of `$fpath`, or to be sourced. */
export function zshCompletion(
  program: string,
  entries: readonly CompletionEntry[],
  commands: readonly string[],
): string {
  const name = `_${program.replaceAll("-", "_")}`;
  const first = commands.length === 0
    ? `'*: :_files'`
    : `${quote(`1: :(${commands.join(" ")})`)} '*: :_files'`;
  return `\
#compdef ${program}
# Completions of ${program} for zsh: source <(${program} --completions zsh)
${name}() {
  _arguments -s -S \\
${entries.map((entry) => `    ${specification(entry)} \\\n`).join("")}    ${first}
}
if [ "$funcstack[1]" = "${name}" ]; then
  ${name} "$@"
else
  compdef ${name} ${program}
fi
`;
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
