import { assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { digestSecret } from "../../lib/rtsp/digest.ts";
import { parseUserFile } from "../../lib/server/user_file.ts";
import { damaged } from "../support/damage.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

const MD5 = digestSecret("MD5", "ann", "films", "pw");
const SHA256 = digestSecret("SHA-256", "ann", "films", "pw");

const GOOD: [string, string, [string, object][]][] = [
  ["one user", `ann:films:${MD5}\n`, [["ann", { md5: MD5 }]]],
  ["no line end, and capital digits", `ann:films:${MD5.toUpperCase()}`, [["ann", { md5: MD5 }]]],
  [
    "both hashes of one user, and one of another",
    `ann:films:${SHA256}
bob:films:${MD5}
ann:films:${MD5}`,
    [["ann", { sha256: SHA256, md5: MD5 }], ["bob", { md5: MD5 }]],
  ],
  [
    "comments, empty lines, CRLF and a byte order mark",
    `\ufeff# staff\r
\r
  # ann:films:nothing\r
ann:films:${MD5}  \r
`,
    [["ann", { md5: MD5 }]],
  ],
  ["a # and spaces inside a name", `ann #2:films:${MD5}`, [["ann #2", { md5: MD5 }]]],
  ["names that every object has", `__proto__:films:${MD5}`, [["__proto__", { md5: MD5 }]]],
];
for (const [name, text, users] of GOOD) {
  Deno.test(`parseUserFile() reads ${name}`, () => {
    const file = parseUserFile(text, "users.txt");
    assertEquals([file.name, file.realm, [...file.users]], ["users.txt", "films", users]);
  });
}

Deno.test("parseUserFile() takes a realm with colons", () => {
  assertEquals(parseUserFile(`ann:rtsp://films:${MD5}`, "u").realm, "rtsp://films");
});

const BAD: [string, string, string][] = [
  ["a file without users", "# nobody\n", "u: it holds no user, at least one line user:realm:hash"],
  [
    "a password file of another kind",
    "\nann:$apr1$x",
    "u, line 2: it has 2 fields parted by colons",
  ],
  [
    "a plain password",
    `ann:films:secret`,
    "line 1: the hash has 6 characters that are not all digits",
  ],
  ["a hash that was cut", `ann:films:${MD5.slice(1)}`, "line 1: the hash has 31 digits"],
  ["a hash of another kind", `ann:films:${MD5}00000000`, "line 1: the hash has 40 digits"],
  ["no user", `:films:${MD5}`, 'line 1: the user is ""'],
  ["no realm", `ann::${MD5}`, 'line 1: the realm is ""'],
  ["a space before the realm", `ann: films:${MD5}`, 'line 1: the realm is " films"'],
  ["a control character", `ann:fi\u0000lms:${MD5}`, 'line 1: the realm is "fi\\u0000lms"'],
  [
    "two realms",
    `#\nann:films:${MD5}\nbob:movies:${MD5}`,
    'line 3: its realm is "movies", "films" is wanted, as in line 2',
  ],
  [
    "a user twice",
    `ann:films:${MD5}\n\nann:films:${MD5}`,
    'line 3: user "ann" comes a second time with this hash, one line is wanted, and line 1 is there',
  ],
];
for (const [name, text, message] of BAD) {
  Deno.test(`parseUserFile() refuses ${name}`, () => {
    const error = assertThrows(() => parseUserFile(text, "u"), WireError, message);
    assertEquals(error.message.includes(MD5), false);
  });
}

Deno.test("parseUserFile() survives damage", () => {
  const random = new SeededRandom(1);
  const bytes = bytesOf(`# staff\nann:films:${MD5}\r\nann:films:${SHA256}\nbob:films:${MD5}\n`);
  let read = 0;
  for (let run = 0; run < 20_000; run++) {
    try {
      const file = parseUserFile(textOf(damaged(bytes, random)), "u");
      assertEquals(file.users.size > 0 && file.realm !== "", true);
      read++;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
  }
  assertEquals(read > 0, true);
});
