import type { StepResult } from "./junit_results.ts";

/** What a test's name ends with where it could not run. */
const SKIPPED = / \(skipped: (.*)\)$/;
/** What a test's name ends with where it stands in the column of another. */
const DETAIL = /, .*$/;

/** What a cell says. */
const CELLS = { passed: "yes", failed: "**no**", skipped: "cannot" } as const;

/** A part of the matrix as Markdown: features down, peers across; empty where nothing was tested. */
export function matrixTable(results: readonly StepResult[]): string {
  const columns = [...new Set(results.map(({ test }) => columnOf(test)))];
  const steps = results.filter(({ step }) => step !== undefined);
  const rows = [...new Set(steps.map(({ step }) => step))];
  const lines = rows.map((row) => {
    const cells = columns.map((column) => {
      const found = steps.find(({ step, test }) => step === row && columnOf(test) === column);
      return found === undefined ? "" : CELLS[found.outcome];
    });
    return `| ${[row, ...cells].join(" | ")} |`;
  });
  const head = [`| ${["", ...columns].join(" | ")} |`, `|${" --- |".repeat(columns.length + 1)}`];
  return [...rows.length === 0 ? [] : [...head, ...lines], ...notes(results)].join("\n") + "\n";
}

function columnOf(test: string): string {
  return test.replace(SKIPPED, "").replace(DETAIL, "");
}

/** A line for each test that did not run, and for each that failed outside its steps. */
function notes(results: readonly StepResult[]): string[] {
  const lines = results.flatMap(({ test, step, outcome }) => {
    const [, reason] = SKIPPED.exec(test) ?? [];
    if (reason !== undefined) return [`- ${test.replace(SKIPPED, "")} was skipped: ${reason}`];
    const failedSteps = results.some((other) =>
      other.test === test && other.step !== undefined && other.outcome === "failed"
    );
    return step === undefined && outcome === "failed" && !failedSteps
      ? [`- ${test} failed before its first step`]
      : [];
  });
  return lines.length === 0 ? [] : ["", ...lines];
}
