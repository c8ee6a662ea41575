import { assertEquals } from "@std/assert";
import { parseAddress } from "../../lib/command_line/parse_address.ts";

const GOOD: [string, string?][] = [
  ["127.0.0.1"],
  ["0.0.0.0"],
  ["localhost"],
  ["a-b.example.org"],
  ["my_machine"],
  ["example.org."],
  ["::"],
  ["::1"],
  ["[::1]", "::1"],
  ["2001:db8::1:2"],
  ["::ffff:1.2.3.4"],
  ["fe80::1%eth0"],
];
for (const [text, address = text] of GOOD) {
  Deno.test(`parseAddress() takes ${text}`, () => assertEquals(parseAddress(text), address));
}

const BAD = [
  "",
  " ",
  "a b",
  "256.1.1.1",
  "1.2.3",
  "1.2.3.4.5",
  "1234",
  "-a",
  "a..b",
  "::1::2",
  "12345::",
];
for (
  const text of [...BAD, "[localhost]", "fe80::1%", "a:1", "x/y", "h\n", `${"a".repeat(64)}.de`]
) {
  Deno.test(`parseAddress() refuses ${JSON.stringify(text)}`, () => {
    assertEquals(parseAddress(text), undefined);
  });
}
