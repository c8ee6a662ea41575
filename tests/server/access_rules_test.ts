import { assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { pathSegments } from "../../lib/rtsp/path_segments.ts";
import { AccessRules, parseAccessRule } from "../../lib/server/access_rules.ts";

function rules(...texts: string[]): AccessRules {
  return new AccessRules(texts.map(parseAccessRule));
}

/** As a set's names, to be read in a table. */
function whoMay(found: AccessRules, path: string): string {
  const who = found.whoMay(pathSegments(path));
  return typeof who === "string" ? who : [...who].toSorted().join(" ") || "nobody";
}

Deno.test("parseAccessRule() reads folders and who may", () => {
  assertEquals(parseAccessRule("/=anyone"), { folder: [], who: "anyone" });
  assertEquals(parseAccessRule(" /films//new/ = users "), {
    folder: ["films", "new"],
    who: "users",
  });
  assertEquals(parseAccessRule("a=b=ann,bob"), { folder: ["a=b"], who: new Set(["ann", "bob"]) });
});

const BAD: [string, string][] = [
  ["films", "it names no folder"],
  ["=ann", "it names no folder"],
  ["films=", "it leaves a name empty"],
  ["films=ann,,bob", "it leaves a name empty"],
  ["films=anyone,ann", "it has anyone among other names"],
  ["films=ann,users", "it has users among other names"],
  ["films/../new=ann", 'it has ".."'],
  ["./films=ann", 'it has "."'],
];
for (const [text, message] of BAD) {
  Deno.test(`parseAccessRule() refuses ${text}`, () => {
    assertThrows(() => parseAccessRule(text), WireError, `Cannot read rule "${text}": ${message}`);
  });
}

Deno.test("AccessRules refuses two rules of one folder", () => {
  assertThrows(
    () => rules("films/new=ann", "/films/new/=anyone"),
    WireError,
    'Cannot use rules: "/films/new" has two, one is wanted',
  );
});

const FOUND: [string, string][] = [
  ["/", "users"],
  ["/a.mjpeg", "users"],
  ["/films", "anyone"],
  ["/films/a.mjpeg", "anyone"],
  ["/films/a.mjpeg/track1", "anyone"],
  ["/filmsnot/a.mjpeg", "users"],
  ["/films/new/a.mjpeg", "ann bob"],
  ["/films/new/old/a.mjpeg", "users"],
  ["/films/new/a.mjpeg/track1", "ann bob"],
  ["/films/new/one.mjpeg", "bob"],
  ["/films/news/a.mjpeg", "anyone"],
  ["/constructor/a.mjpeg", "users"],
];
for (const [path, who] of FOUND) {
  Deno.test(`AccessRules lets ${who} see ${path}`, () => {
    const found = rules(
      "films/new=ann,bob",
      "films=anyone",
      "films/new/old=users",
      "films/new/one.mjpeg=bob",
    );
    assertEquals(whoMay(found, path), who);
  });
}

/** Other ways to write `/new/a.mjpeg`, which is ann's; the rest is open. */
const WAYS_ROUND = [
  "/n%65w/a.mjpeg",
  "/%6e%65%77/a.mjpeg",
  "//new//a.mjpeg",
  "/new%20/a.mjpeg",
  "/NEW/a.mjpeg",
  "/nEw./a.mjpeg",
  "/n%2565w/a.mjpeg",
  "/%ef%bd%8eew/a.mjpeg",
];
for (const path of WAYS_ROUND) {
  Deno.test(`AccessRules opens nothing that is closed to ${path}`, () => {
    assertEquals(whoMay(rules("/=anyone", "new=ann"), path), "ann");
  });
}

Deno.test("AccessRules opens nothing by a doubtful name", () => {
  const found = rules("Open=anyone", "e\u0301=anyone");
  assertEquals(whoMay(found, "/Open/a.mjpeg"), "anyone");
  assertEquals(whoMay(found, "/open/a.mjpeg"), "users");
  assertEquals(whoMay(found, "/Open%20/a.mjpeg"), "users");
  assertEquals(whoMay(found, "/O%2570en/a.mjpeg"), "users");
  assertEquals(whoMay(found, "/e%cc%81/a.mjpeg"), "anyone");
  assertEquals(whoMay(found, "/%c3%a9/a.mjpeg"), "users");
});

Deno.test("AccessRules lets in only whom both of two confusable folders let in", () => {
  const found = rules("a=ann,bob", "A=bob,cid", "x=ann", "X=anyone", "y=ann", "Y=bob");
  assertEquals([whoMay(found, "/a/m"), whoMay(found, "/A/m")], ["bob", "bob"]);
  assertEquals([whoMay(found, "/x/m"), whoMay(found, "/X/m")], ["ann", "ann"]);
  assertEquals([whoMay(found, "/y/m"), whoMay(found, "/Y/m")], ["nobody", "nobody"]);
});

Deno.test("pathSegments() lets no path with . or .. or hidden slashes reach the rules", () => {
  for (
    const path of ["/open/%2e%2e/new/a", "/./new/a", "/%2e/new", "/open%2f..%2fnew", "/new%00"]
  ) {
    assertThrows(() => pathSegments(path), WireError);
  }
});

Deno.test("AccessRules takes names with a lone %", () => {
  assertEquals(whoMay(rules("100%=anyone"), "/100%25/a.mjpeg"), "anyone");
});

Deno.test("AccessRules.userNames are all who are named", () => {
  const found = rules("/=users", "a=ann,bob", "b=bob", "c=anyone");
  assertEquals([...found.userNames], ["ann", "bob"]);
});
