import { assertEquals } from "@std/assert";

/** The value that all packets have in a field; fails where they differ. */
export function onlyValue(values: readonly string[] | undefined): string {
  const [first = "nothing", ...others] = new Set(values);
  assertEquals(others, [], `several values, ${first} first`);
  return first;
}
