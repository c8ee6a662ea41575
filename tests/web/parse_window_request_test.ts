import { assertEquals } from "@std/assert";
import { parseWindowRequest } from "../../lib/web/parse_window_request.ts";

for (const kind of ["drawn", "setup", "play", "pause", "teardown", "describe", "stop"] as const) {
  Deno.test(`parseWindowRequest() reads ${kind}, and nothing beside it`, () => {
    assertEquals(parseWindowRequest(JSON.stringify({ kind, more: 1 })), { kind });
  });
}

const BAD = [
  "",
  "{",
  "null",
  "[]",
  '"play"',
  "{}",
  '{"kind":"quit"}',
  '{"kind":"wait","ms":1}',
  '{"kind":"seek"}',
  '{"kind":"seek","seconds":"1"}',
  '{"kind":"seek","seconds":-1}',
  '{"kind":"seek","seconds":1e99}',
  '{"kind":"seek","seconds":null}',
];
for (const text of BAD) {
  Deno.test(`parseWindowRequest() refuses ${JSON.stringify(text)}`, () => {
    assertEquals(parseWindowRequest(text), undefined);
  });
}
