import { assertEquals } from "@std/assert";
import { readJunitResults } from "./junit_results.ts";
import { matrixTable } from "./matrix_table.ts";

const JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="5" failures="2" errors="0" time="0.009">
    <testsuite name="./tests/interop/a_test.ts" tests="5" disabled="2" errors="0" failures="2">
        <testcase name="A over UDP" classname="./tests/interop/a_test.ts" time="0.002" line="1" col="6">
            <failure message="1 test step failed">1 test step failed.</failure>
        </testcase>
        <testcase name="B (skipped: b is not here: b-tools)" classname="./tests/interop/a_test.ts">
            <skipped/>
        </testcase>
        <testcase name="A over UDP &gt; seek" classname="./tests/interop/a_test.ts" time="0.000">
        </testcase>
        <testcase name="A over UDP &gt; pause &amp; resume" classname="./tests/interop/a_test.ts">
            <failure message="Uncaught Error: &quot;x&quot;">Error: x</failure>
        </testcase>
        <testcase name="A over TCP, with a login &gt; seek" classname="./tests/interop/a_test.ts">
            <skipped/>
        </testcase>
        <testcase name="C" classname="./tests/interop/a_test.ts">
            <failure message="Error: it did not start">Error</failure>
        </testcase>
    </testsuite>
</testsuites>`;

Deno.test("readJunitResults() tells tests, steps and outcomes apart", () => {
  assertEquals(
    readJunitResults(JUNIT).map(({ test, step, outcome }) => [test, step, outcome]),
    [
      ["A over UDP", undefined, "failed"],
      ["B (skipped: b is not here: b-tools)", undefined, "skipped"],
      ["A over UDP", "seek", "passed"],
      ["A over UDP", "pause & resume", "failed"],
      ["A over TCP, with a login", "seek", "skipped"],
      ["C", undefined, "failed"],
    ],
  );
  assertEquals(readJunitResults(JUNIT)[0]?.file, "a_test.ts");
});

Deno.test("matrixTable() has a row for each step and a column for each peer", () => {
  assertEquals(
    matrixTable(readJunitResults(JUNIT)),
    [
      "|  | A over UDP | B | A over TCP | C |",
      "| --- | --- | --- | --- | --- |",
      "| seek | yes |  | cannot |  |",
      "| pause & resume | **no** |  |  |  |",
      "",
      "- B was skipped: b is not here: b-tools",
      "- C failed before its first step",
      "",
    ].join("\n"),
  );
});

Deno.test("matrixTable() of nothing is empty", () => assertEquals(matrixTable([]), "\n"));
