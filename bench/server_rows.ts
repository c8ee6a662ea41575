/** One line of the report: a figure beside its bar. */
export interface Row {
  readonly what: string;
  /** `undefined`: it could not be measured, and `note` says why. */
  readonly found: number | undefined;
  /** Most, or least, that passes; absent where there is no bar. */
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly unit: string;
  /** How it was found: figures, counts. */
  readonly note: string;
}

/** The middle of an odd number of values, the upper middle of an even one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Whether a row passes; `undefined` where there is nothing to judge. */
export function verdict({ found, atMost, atLeast }: Row): boolean | undefined {
  if (found === undefined || atMost === undefined && atLeast === undefined) return undefined;
  return found <= (atMost ?? Infinity) && found >= (atLeast ?? -Infinity);
}

/** The rows as a table of text. */
export function formatRows(rows: readonly Row[]): string {
  const number = (value: number) =>
    Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value < 0.1 ? 4 : 2);
  const cells = rows.map((row) => {
    const passes = verdict(row);
    const bar = row.atMost !== undefined
      ? `at most ${Number(row.atMost.toFixed(3))}`
      : row.atLeast !== undefined
      ? `at least ${row.atLeast}`
      : "";
    return [
      passes === undefined ? (row.found === undefined ? "not run" : "") : passes ? "pass" : "FAIL",
      row.found === undefined ? "" : `${number(row.found)} ${row.unit}`.trim(),
      bar,
      row.what,
      row.note,
    ];
  });
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0))
  );
  return cells.map((line) =>
    `${line.slice(0, 3).map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}  ` +
    `${line[3]}: ${line[4]}`
  ).join("\n");
}
