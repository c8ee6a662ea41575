import { parseArgs } from "@std/cli/parse-args";
import { closestName } from "./closest_name.ts";
import { optionName } from "./option_name.ts";
import type { OptionRow, OptionTable } from "./option_table.ts";

/** A command line in its parts; the texts are not looked at yet. */
export interface SplitArguments {
  /** The texts given for each option, by its key; for a flag one empty text. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** Those without a name, in order, as they were typed. */
  readonly arguments: readonly string[];
  /** What is wrong with the names, as a sentence. */
  readonly problem: string | undefined;
}

/**
 * Splits a command line: `--name value`, `--name=value`, `-n value`, `-nvalue`, flags `-ab`, `--` before arguments
 * that begin with a hyphen. A value may be `-` or a negative number; an option without one has an
 * empty text, or what its row says that it means alone.
 */
export function splitArguments(options: OptionTable, argv: readonly string[]): SplitArguments {
  const rows = Object.entries(options);
  const valued = rows.filter(([, row]) => row.kind !== "flag").map(([key]) => optionName(key));
  const flags = rows.filter(([, row]) => row.kind === "flag").map(([key]) => optionName(key));
  const unknown: string[] = [];
  const parsed = parseArgs(joinValues(rows, argv), {
    string: ["_", ...valued],
    boolean: flags,
    collect: valued,
    alias: Object.fromEntries(
      rows.flatMap(([key, { short }]) => short === undefined ? [] : [[optionName(key), short]]),
    ),
    unknown: (_, name) => {
      if (name !== undefined) unknown.push(name);
      return name === undefined; // keeps arguments without a name
    },
  });
  const given = new Map<string, readonly string[]>();
  for (const [key, row] of rows) {
    const texts = textsOf(row, parsed[optionName(key)]);
    if (texts.length > 0) given.set(key, texts);
  }
  const problem = unknown[0] === undefined
    ? flagWithValue(rows, argv)
    : unknownOption(unknown[0], [...flags, ...valued]);
  return { given, arguments: parsed._.map(String), problem };
}

function textsOf(row: OptionRow, value: unknown): string[] {
  if (row.kind === "flag") return value === false || value === undefined ? [] : [""];
  return Array.isArray(value) ? value.map(String) : [];
}

/** `--name value` as `--name=value`, so that values may begin with a hyphen where that makes sense. */
function joinValues(rows: [string, OptionRow][], argv: readonly string[]): string[] {
  const names = new Set(
    rows.filter(([, row]) => row.kind !== "flag").flatMap(([key, { short }]) =>
      short === undefined ? [`--${optionName(key)}`] : [`--${optionName(key)}`, `-${short}`]
    ),
  );
  const alone = new Map(
    rows.flatMap(([key, row]) =>
      "alone" in row ? [[`--${optionName(key)}`, String(row.alone)]] : []
    ),
  );
  const joined: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const [arg = "", next] = [argv[i], argv[i + 1]];
    if (arg === "--") return [...joined, ...argv.slice(i)];
    const meaning = alone.get(arg);
    if (meaning !== undefined && !/^\d+$/.test(next ?? "")) {
      joined.push(`${arg}=${meaning}`);
    } else if (names.has(arg) && next !== undefined && /^($|[^-]|-$|-\d)/.test(next)) {
      joined.push(`${arg}=${next}`);
      i++;
    } else if (/^-[a-z][^=]/i.test(arg) && names.has(arg.slice(0, 2))) {
      joined.push(`${arg.slice(0, 2)}=${arg.slice(2)}`);
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

function unknownOption(name: string, names: readonly string[]): string {
  const typed = name.replace(/=.*$/s, "");
  const closest = closestName(typed, names);
  const shown = typed.length === 1 ? `-${typed}` : `--${typed}`;
  return `Unknown option ${shown}${closest === undefined ? "" : `, did you mean --${closest}?`}`;
}

/** `--loop=maybe`: understood as `--loop` by those who do not look. */
function flagWithValue(rows: [string, OptionRow][], argv: readonly string[]): string | undefined {
  const end = argv.indexOf("--");
  for (const arg of end < 0 ? argv : argv.slice(0, end)) {
    const [, typed] = /^--?([^=]+)=/s.exec(arg) ?? [];
    const flag = rows.find(([key, { kind, short }]) =>
      kind === "flag" && typed !== undefined && (typed === optionName(key) || typed === short)
    );
    if (flag !== undefined) return `--${optionName(flag[0])} takes no value`;
  }
  return undefined;
}
