import { assertEquals } from "@std/assert";
import { samePlace } from "../../lib/command_line/same_place.ts";

const PAIRS: readonly (readonly [string, string, boolean])[] = [
  ["a", "a", true],
  ["a/b", "a//b/", true],
  ["./a", "a", true],
  ["a/./b", "a/b", true],
  ["/a", "a", false],
  ["a", "b", false],
  ["a/b", "ab", false],
];
for (const [one, other, isSame] of PAIRS) {
  Deno.test(`samePlace() says ${isSame} of ${one} and ${other}`, () => {
    assertEquals(samePlace([[1, one], [2, undefined], [3, other]]), isSame ? [1, 3] : undefined);
  });
}
