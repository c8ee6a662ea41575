import type { CommandLineSpec } from "./command_line_spec.ts";
import { formatDuration } from "./format_duration.ts";
import { formatSize } from "./format_size.ts";
import { optionName } from "./option_name.ts";
import type { OptionRow, OptionTable, ValueRow } from "./option_table.ts";
import { wrapText } from "./wrap_text.ts";

const WIDTH = 80;
/** Where the texts start. */
const TEXT_COLUMN = 26;

/** The text of `--help`: usage, arguments, options by group, examples; at most 80 columns wide. */
export function formatHelp(spec: CommandLineSpec<OptionTable>): string {
  const { program, options } = spec;
  const groups = [...new Set(Object.values(options).map(({ group }) => group))];
  const sections = [
    wrapText(`${spec.program} ${spec.version}: ${spec.summary}`, WIDTH),
    ["Usage:", ...spec.usage.map((form) => `  ${program} ${form}`.trimEnd())],
    ["Arguments:", ...spec.argumentHelp.flatMap(({ name, help }) => entry(name, help))],
    ...groups.map((group) => [`${group}:`, ...optionsOf(options, group)]),
    ["Examples:", ...spec.examples.flatMap(formatExample)],
  ];
  const shown = sections.filter((lines) => lines.length > 1 || lines === sections[0]);
  return shown.map((lines) => lines.join("\n")).join("\n\n") + "\n";
}

function optionsOf(options: OptionTable, group: string): string[] {
  return Object.entries(options).filter(([, row]) => row.group === group).flatMap(([key, row]) => {
    const short = row.short === undefined ? "    " : `-${row.short}, `;
    const value = row.kind === "flag" ? "" : ` ${placeholder(row)}`;
    return entry(`${short}--${optionName(key)}${value}`, row.help + note(row));
  });
}

function formatExample(example: { readonly command: string; readonly help: string }): string[] {
  return [
    ...wrapText(example.help, WIDTH - 4).map((line) => `  # ${line}`),
    `  ${example.command}`,
  ];
}

/** A name and its text, side by side, or one below the other where the name is long. */
function entry(name: string, help: string): string[] {
  const lines = wrapText(help, WIDTH - TEXT_COLUMN).map((line) => " ".repeat(TEXT_COLUMN) + line);
  const [first = ""] = lines;
  const fits = 2 + name.length + 2 <= TEXT_COLUMN;
  if (!fits) return [`  ${name}`, ...lines];
  return [`  ${name}`.padEnd(TEXT_COLUMN) + first.trimStart(), ...lines.slice(1)];
}

function placeholder(row: ValueRow): string {
  if (row.placeholder !== undefined) return row.placeholder;
  if (row.kind === "choice") return row.choices.join("|");
  const words = {
    text: "TEXT",
    file: "PATH",
    address: "ADDRESS",
    integer: "N",
    number: "N",
    duration: "TIME",
    size: "SIZE",
  };
  return words[row.kind];
}

function note(row: OptionRow): string {
  const notes: string[] = [];
  if (row.kind !== "flag" && row.default !== undefined) {
    const shown = row.kind === "duration"
      ? formatDuration(row.default)
      : row.kind === "size"
      ? formatSize(row.default)
      : String(row.default);
    notes.push(`default: ${shown}`);
  }
  if (row.kind !== "flag" && row.repeat) notes.push("may be repeated");
  return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}
