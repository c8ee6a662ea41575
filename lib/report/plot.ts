import type { SeriesColour } from "./svg_style.ts";

/** What one plot of a report shows, over playing time. */
export interface Plot {
  readonly title: string;
  /** Of the values, for the title: `Mbit/s`. */
  readonly unit: string;
  readonly colour: SeriesColour;
  /** `bars` for what is counted, `line` for what is measured, `band` for what lies between two values. */
  readonly kind: "bars" | "line" | "band";
  /** One for each step of time; `null` where there was nothing to measure. */
  readonly values: readonly (number | null)[];
  /** The lower ends of a `band`. */
  readonly lows?: readonly (number | null)[];
  /** How long a step is. */
  readonly stepSeconds: number;
  /** Where the last step ends: it may be shorter. */
  readonly endSeconds: number;
  /** What a verdict wants. */
  readonly limit?: { readonly value: number; readonly label: string };
}
