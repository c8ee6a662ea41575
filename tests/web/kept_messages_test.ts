import { assertEquals } from "@std/assert";
import { KeptMessages } from "../../lib/web/kept_messages.ts";

Deno.test("KeptMessages lets the oldest go where there are too many", () => {
  const kept = new KeptMessages();
  for (let id = 1; id <= 700; id++) kept.add(id, Uint8Array.of(id));
  assertEquals([kept.get(100), kept.get(101), kept.get(700), kept.get(701)], [
    undefined,
    Uint8Array.of(101),
    Uint8Array.of(700),
    undefined,
  ]);
});

Deno.test("KeptMessages lets the oldest go where they are too large, also one alone", () => {
  const kept = new KeptMessages();
  const large = new Uint8Array(2 << 20);
  for (const id of [1, 2, 3]) kept.add(id, large);
  assertEquals([kept.get(1), kept.get(2)?.length, kept.get(3)?.length], [
    undefined,
    large.length,
    large.length,
  ]);
  kept.add(4, new Uint8Array(5 << 20));
  assertEquals([kept.get(3), kept.get(4)], [undefined, undefined]);
});
