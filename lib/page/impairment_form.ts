/** One thing that a bad network does. */
export interface FaultField {
  /** As `--impair` has it. */
  readonly name: string;
  readonly label: string;
  readonly unit: "%" | "ms" | "";
  readonly most: number;
  /** What it is where nothing is said. */
  readonly usual: string;
}

/** The fields of the form, in their order. */
export const FAULT_FIELDS: readonly FaultField[] = [
  { name: "loss", label: "Loss", unit: "%", most: 100, usual: "0" },
  { name: "delay", label: "Delay", unit: "ms", most: 60_000, usual: "0" },
  { name: "jitter", label: "Jitter", unit: "ms", most: 60_000, usual: "0" },
  { name: "reorder", label: "Reordering", unit: "%", most: 100, usual: "0" },
  { name: "duplicate", label: "Duplication", unit: "%", most: 100, usual: "0" },
  { name: "seed", label: "Seed", unit: "", most: 2 ** 32 - 1, usual: "1" },
];

/**
 * What is wrong with the value of a field: a sentence; empty where nothing is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [loss] = FAULT_FIELDS;
 * assertEquals(loss && faultProblem(loss, "101"), "Loss is a number from 0 to 100, in %.");
 * assertEquals(loss && faultProblem(loss, "2.5"), "");
 * ```
 */
export function faultProblem({ label, unit, most }: FaultField, value: string): string {
  const isNumber = (unit === "" ? /^\d+$/ : /^\d+(\.\d+)?$/).test(value);
  if (isNumber && Number(value) <= most) return "";
  const what = unit === "" ? "an integer" : "a number";
  return `${label} is ${what} from 0 to ${most}${unit && `, in ${unit}`}.`;
}

/**
 * Values as `--impair` has them; empty where they damage nothing.
 *
 * @param valueOf The value of each field, by its name; without problems.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const values = new Map([["loss", "2.50"], ["delay", "20"], ["seed", "7"]]);
 * assertEquals(impairmentText((name) => values.get(name) ?? "0"), "loss=2.50%,delay=20ms,seed=7");
 * assertEquals(impairmentText((name) => name === "seed" ? "7" : "0"), "");
 * ```
 */
export function impairmentText(valueOf: (name: string) => string): string {
  const given = FAULT_FIELDS.filter(({ name, unit }) => unit !== "" && Number(valueOf(name)) > 0);
  if (given.length === 0) return "";
  const parts = given.map(({ name, unit }) => `${name}=${valueOf(name)}${unit}`);
  return [...parts, `seed=${valueOf("seed")}`].join(",");
}

/**
 * The values of the fields, by their names, that a text of `--impair` stands for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const values = impairmentValues("delay=1500ms,seed=7");
 * assertEquals([...values.values()].join(), "0,1500,0,0,0,7");
 * ```
 */
export function impairmentValues(text: string): ReadonlyMap<string, string> {
  const given = new Map(
    text.split(",").map((part) => {
      const [name = "", value = ""] = part.split("=");
      return [name, value.replace(/[^\d.]/g, "")];
    }),
  );
  return new Map(FAULT_FIELDS.map(({ name, usual }) => [name, given.get(name) || usual]));
}
