import { assert, assertEquals } from "@std/assert";
import { movieNameCandidates } from "../../lib/files/movie_name_candidates.ts";
import { SeededRandom } from "../support/random.ts";

const GOOD: [string, string[][]][] = [
  ["movie.Mjpeg", [["movie.Mjpeg"]]],
  ["a/b/c.avi", [["a", "b", "c.avi"]]],
  ["my%20movie", [["my%20movie"], ["my movie"]]],
  ["100%.mjpeg", [["100%.mjpeg"]]],
  ["..movie", [["..movie"]]],
  ["...", [["..."]]],
  ["%252e%252e", [["%252e%252e"], ["%2e%2e"]]], // a strange name, but decoded once it leads nowhere
  ["Löwe.mjpeg", [["Löwe.mjpeg"]]],
  ["constructor", [["constructor"]]],
];
for (const [name, paths] of GOOD) {
  Deno.test(`movieNameCandidates() understands ${name}`, () => {
    assertEquals(movieNameCandidates(name), { kind: "candidates", paths });
  });
}

const HOSTILE: [string, string][] = [
  ["", "is empty, absolute, or has an empty part"],
  ["/etc/passwd", "is empty, absolute, or has an empty part"],
  ["//etc/passwd", "is empty, absolute, or has an empty part"],
  ["a//b", "is empty, absolute, or has an empty part"],
  ["a/", "is empty, absolute, or has an empty part"],
  [".", 'has a part "."'],
  ["..", 'has a part ".."'],
  ["../movie", 'has a part ".."'],
  ["a/../../movie", 'has a part ".."'],
  ["%2e%2e/movie", 'has a part ".."'],
  [".%2E/movie", 'has a part ".."'],
  ["..%2fmovie", "has an encoded slash"],
  ["%2fetc%2fpasswd", "has an encoded slash"],
  ["..\\movie", "has a backslash"],
  ["..%5cmovie", "has a backslash"],
  ["movie\0.Mjpeg", "has a NUL"],
  ["movie%00.Mjpeg", "has a NUL"],
  ["x".repeat(1025), "is longer than 1024 characters"],
];
for (const [name, reason] of HOSTILE) {
  Deno.test(`movieNameCandidates() refuses ${JSON.stringify(name.slice(0, 20))}`, () => {
    assertEquals(movieNameCandidates(name), { kind: "refused", reason });
  });
}

Deno.test("movieNameCandidates() gives plain file names for any input", () => {
  const random = new SeededRandom(5);
  const pieces = [
    "..",
    ".",
    "/",
    "%2f",
    "%2F",
    "%2e",
    "\\",
    "%5c",
    "%00",
    "\0",
    "%",
    "%25",
    "a",
    "é",
  ];
  for (let run = 0; run < 20_000; run++) {
    const name = Array.from({ length: random.below(8) }, () => pieces[random.below(pieces.length)]);
    const found = movieNameCandidates(name.join(""));
    if (found.kind === "refused") continue;
    for (const segment of found.paths.flat()) {
      assert(segment !== "" && segment !== "." && segment !== "..");
      assert(!/[/\\\0]/.test(segment));
    }
  }
});
