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

/** The rows as a table in Markdown. */
export function formatRows(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const passes = verdict(row);
    const bar = row.atMost !== undefined
      ? `at most ${Number(row.atMost.toFixed(3))}`
      : row.atLeast !== undefined
      ? `at least ${row.atLeast}`
      : "";
    const judged = passes === undefined
      ? row.found === undefined ? "not run" : ""
      : passes
      ? "pass"
      : "FAIL";
    const found = row.found === undefined ? "" : `${shown(row.found)} ${row.unit}`.trim();
    return [row.what, found, bar, judged, row.note];
  });
  return formatTable(["what", "found", "bar", "", "how"], lines);
}

/** A table in Markdown, its columns as wide as they have to be. */
export function formatTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
): string {
  const cells = [head, ...lines].map((line) => line.map((cell) => cell.replaceAll("|", "/")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((l) => l[column]?.length ?? 0)));
  const text = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  const [first = "", ...others] = cells.map(text);
  return [first, rule, ...others].join("\n");
}

function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value < 0.1 ? 4 : 2);
}
