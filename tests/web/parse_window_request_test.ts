import { assertEquals } from "@std/assert";
import { parseWindowRequest } from "../../lib/web/parse_window_request.ts";

for (const kind of ["drawn", "setup", "play", "pause", "teardown", "describe", "stop"] as const) {
  Deno.test(`parseWindowRequest() reads ${kind}, and nothing beside it`, () => {
    assertEquals(parseWindowRequest(JSON.stringify({ kind, more: 1 })), { kind });
  });
}

Deno.test("parseWindowRequest() reads a pace, backwards too", () => {
  for (const scale of [2, -1, 0.25]) {
    assertEquals(parseWindowRequest(JSON.stringify({ kind: "scale", scale })), {
      kind: "scale",
      scale,
    });
  }
});

Deno.test("parseWindowRequest() reads a bad network, whatever its text", () => {
  for (const text of ["", "loss=2%,seed=7", "?"]) {
    assertEquals(parseWindowRequest(JSON.stringify({ kind: "impair", text })), {
      kind: "impair",
      text,
    });
  }
});

const BAD = [
  '{"kind":"impair"}',
  '{"kind":"impair","text":1}',
  JSON.stringify({ kind: "impair", text: "x".repeat(201) }),
  '{"kind":"scale"}',
  '{"kind":"scale","scale":0}',
  '{"kind":"scale","scale":101}',
  '{"kind":"scale","scale":"2"}',
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
