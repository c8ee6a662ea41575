import type { OptionTable } from "./option_table.ts";

/** What a program takes on its command line: all of parsing and of `--help` comes from this. */
export interface CommandLineSpec<Table extends OptionTable> {
  readonly program: string;
  readonly version: string;
  /** One sentence for the head of `--help`. */
  readonly summary: string;
  /** The arguments without the program's name, one form a line: `[PORT]`. */
  readonly usage: readonly string[];
  /** What arguments without a name mean, for `--help`. */
  readonly argumentHelp: readonly { readonly name: string; readonly help: string }[];
  /** The most that there may be of them. */
  readonly mostArguments: number;
  readonly options: Table;
  /** Pairs that must not be given together. */
  readonly conflicts?: readonly (readonly [keyof Table & string, keyof Table & string])[];
  /** Options that mean nothing without one of those behind them. */
  readonly needs?: readonly (readonly [keyof Table & string, ...(keyof Table & string)[]])[];
  /** Words that may stand in the first place instead, each with options of its own. */
  readonly commands?: Readonly<Record<string, OptionTable>>;
  /** For the end of `--help`. */
  readonly examples: readonly { readonly command: string; readonly help: string }[];
}
