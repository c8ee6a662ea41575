/** What every option has. */
interface OptionBasics {
  /** One letter: `-d`. */
  readonly short?: string;
  /** The heading under which `--help` shows it. */
  readonly group: string;
  /** For `--help`: what it does, without a period at the end. */
  readonly help: string;
}

interface ValueBasics extends OptionBasics {
  /** What stands for the value in `--help`, in capitals; each kind has one of its own. */
  readonly placeholder?: string;
  /** Whether it may be given several times: then its value is a list. */
  readonly repeat?: true;
}

interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

/** An option without a value: false unless it is given. */
export interface FlagRow extends OptionBasics {
  readonly kind: "flag";
}

/** Any text; `file` is a path, `address` a host name or an IP address. */
export interface TextRow extends ValueBasics {
  readonly kind: "text" | "file" | "address";
  readonly default?: string;
}

/**
 * A number: `integer` also as 0x…; `duration` as `2s`, `500ms`, `1.5` (seconds), `2m`, `1h`, in
 * milliseconds; `size` as `64k`, `256MB`, `1G`, in bytes, 1 k being 1,024. The range is in the same unit.
 */
export interface NumberRow extends ValueBasics, NumberRange {
  readonly kind: "integer" | "number" | "duration" | "size";
  /** What the option means alone: then only digits that follow are its value. */
  readonly alone?: number;
}

/** One of a few words. */
export interface ChoiceRow extends ValueBasics {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
}

/** An option that has a value. */
export type ValueRow = TextRow | NumberRow | ChoiceRow;

/** One option; its name is its key in the table. */
export type OptionRow = FlagRow | ValueRow;

/** All options of a program: the key `labRtp` is `--lab-rtp` on the command line. */
export type OptionTable = Readonly<Record<string, OptionRow>>;

type Single<Row> = Row extends ChoiceRow ? Row["choices"][number]
  : Row extends NumberRow ? number
  : string;

/** The type of an option's value, by its row: `undefined` only where there is no default. */
export type OptionValue<Row> = Row extends FlagRow ? boolean
  : Row extends { readonly repeat: true } ? readonly Single<Row>[]
  : Row extends { readonly default: string | number } ? Single<Row>
  : Single<Row> | undefined;

/** The values of all options of a table. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: OptionValue<Table[Name]>;
};
