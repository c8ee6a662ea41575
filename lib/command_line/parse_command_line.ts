import type { CommandLineSpec } from "./command_line_spec.ts";
import { COMPLETION_SHELLS, completionScript } from "./completion_script.ts";
import { formatHelp } from "./format_help.ts";
import { listWords } from "./list_words.ts";
import { optionName } from "./option_name.ts";
import type { OptionRow, OptionTable, OptionValues, ValueRow } from "./option_table.ts";
import { describeOptionValue, parseOptionValue } from "./option_value.ts";
import { type SplitArguments, splitArguments } from "./split_arguments.ts";

/** What a command line says. */
export type ParsedCommandLine<Table extends OptionTable> =
  | {
    readonly kind: "options";
    readonly values: OptionValues<Table>;
    /** Those without a name, in order, as they were typed. */
    readonly arguments: readonly string[];
  }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "version"; readonly text: string }
  /** One sentence for the user, without a period; the exit code is 2. */
  | { readonly kind: "problem"; readonly message: string };

/** Every program and command has these. */
const BUILT_IN = {
  help: { kind: "flag", short: "h", group: "Other", help: "show this text" },
  version: { kind: "flag", short: "V", group: "Other", help: "show the version" },
} as const satisfies OptionTable;

/** Every program has this as well; a command of a program has not. */
const COMPLETIONS = {
  completions: {
    kind: "choice",
    choices: COMPLETION_SHELLS,
    group: "Other",
    help: "print a script that lets this shell complete the options",
  },
} as const satisfies OptionTable;

/** The user's fault; never leaves this file. */
class Problem extends Error {}

/**
 * Reads a command line by its specification. `--help` and `--version` are understood without being in
 * it, and go before any problem; so is `--completions`, whose script counts as help.
 *
 * @param argv Without the program's name: `Deno.args`.
 */
export function parseCommandLine<const Table extends OptionTable>(
  spec: CommandLineSpec<Table>,
  argv: readonly string[],
): ParsedCommandLine<Table> {
  const isProgram = !spec.program.includes(" ");
  const options: OptionTable = {
    ...spec.options,
    ...isProgram ? COMPLETIONS : {},
    ...BUILT_IN,
  };
  try {
    const split = splitArguments(options, argv);
    if (split.given.has("help")) return { kind: "help", text: formatHelp({ ...spec, options }) };
    if (split.given.has("version")) {
      return { kind: "version", text: `${spec.program} ${spec.version}\n` };
    }
    if (split.problem !== undefined) throw new Problem(split.problem);
    if (split.given.has("completions")) return { kind: "help", text: completions(spec, split) };
    checkPairs(spec, split.given);
    if (split.arguments.length > spec.mostArguments) {
      const extra = JSON.stringify(split.arguments[spec.mostArguments]);
      const forms = spec.usage.filter((form) =>
        !Object.hasOwn(spec.commands ?? {}, form.split(" ", 1)[0] ?? "")
      );
      const usage = forms.map((form) => `${spec.program} ${form}`.trimEnd()).join(" or ");
      throw new Problem(`Too many arguments: ${extra} is one more than fit in ${usage}`);
    }
    const values = Object.fromEntries(
      Object.entries(spec.options).map(([key, row]) => [key, readValue(key, row, split.given)]),
    );
    // Each value was read by its own row, which is what the type says.
    return { kind: "options", values: values as OptionValues<Table>, arguments: split.arguments };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: "problem", message: error.message };
  }
}

function completions<Table extends OptionTable>(
  spec: CommandLineSpec<Table>,
  { given }: SplitArguments,
): string {
  const wanted = readValue("completions", COMPLETIONS.completions, given);
  const shell = COMPLETION_SHELLS.find((name) => name === wanted) ?? COMPLETION_SHELLS[0];
  return completionScript(shell, spec);
}

function checkPairs<Table extends OptionTable>(
  spec: CommandLineSpec<Table>,
  given: SplitArguments["given"],
): void {
  for (const [one, other] of spec.conflicts ?? []) {
    if (!given.has(one) || !given.has(other)) continue;
    throw new Problem(`--${optionName(one)} and --${optionName(other)} contradict each other`);
  }
  for (const [one, ...others] of spec.needs ?? []) {
    if (!given.has(one) || others.some((other) => given.has(other))) continue;
    const wanted = listWords(others.map((other) => `--${optionName(other)}`));
    throw new Problem(`--${optionName(one)} means nothing without ${wanted}`);
  }
}

function readValue(key: string, row: OptionRow, given: SplitArguments["given"]): unknown {
  const texts = given.get(key) ?? [];
  if (row.kind === "flag") return texts.length > 0;
  if (texts.length > 1 && !row.repeat) {
    throw new Problem(`--${optionName(key)} is given ${texts.length} times, once is enough`);
  }
  const values = texts.map((text) => readText(key, row, text));
  return row.repeat ? values : values[0] ?? row.default;
}

function readText(key: string, row: ValueRow, text: string): string | number {
  const value = parseOptionValue(row, text);
  if (value !== undefined) return value;
  const [name, wanted] = [optionName(key), describeOptionValue(row)];
  if (text === "") throw new Problem(`--${name} needs a value: ${wanted}`);
  throw new Problem(`--${name} needs ${wanted}, not ${JSON.stringify(text)}`);
}
