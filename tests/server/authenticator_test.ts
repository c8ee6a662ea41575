import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type DigestCredentials,
  parseAuthorization,
  serializeAuthorization,
} from "../../lib/rtsp/authorization_header.ts";
import { digestResponse, digestSecret } from "../../lib/rtsp/digest.ts";
import {
  type DigestChallenge,
  parseWwwAuthenticate,
} from "../../lib/rtsp/www_authenticate_header.ts";
import { AccessRules, parseAccessRule } from "../../lib/server/access_rules.ts";
import {
  Authenticator,
  type AuthRequest,
  type AuthResult,
  type AuthSettings,
} from "../../lib/server/authenticator.ts";
import { parseUserFile } from "../../lib/server/user_file.ts";
import { damaged } from "../support/damage.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

const REALM = "films";
const PEER = "192.0.2.1";
const URI = "rtsp://192.0.2.9:8554/new/a.mjpeg";

/** ann has both hashes, bob MD5 alone, cid SHA-256 alone; the password is the name backwards. */
const USERS = parseUserFile(
  [
    `ann:${REALM}:${digestSecret("MD5", "ann", REALM, "nna")}`,
    `ann:${REALM}:${digestSecret("SHA-256", "ann", REALM, "nna")}`,
    `bob:${REALM}:${digestSecret("MD5", "bob", REALM, "bob")}`,
    `cid:${REALM}:${digestSecret("SHA-256", "cid", REALM, "dic")}`,
  ].join("\n"),
  "users",
);
const RULES = new AccessRules(["new=ann,cid", "open=anyone"].map(parseAccessRule));
const SETTINGS: AuthSettings = { users: USERS, rules: RULES, digest: "md5", basic: false };

function authenticator(settings: Partial<AuthSettings> = {}): Authenticator {
  return new Authenticator({ ...SETTINGS, ...settings }, new SeededRandom(1));
}

function request(authorization?: string, others: Partial<AuthRequest> = {}): AuthRequest {
  return {
    method: "PLAY",
    uri: URI,
    path: ["new", "a.mjpeg"],
    peerAddress: PEER,
    authorization,
    ...others,
  };
}

/** The challenges of a 401. */
function challengesOf(result: AuthResult): readonly string[] {
  assert(result.kind === "challenge", JSON.stringify(result));
  return result.challenges;
}

/** A fresh challenge of one hash. */
function challenge(
  server: Authenticator,
  hash: "MD5" | "SHA-256" = "MD5",
  others: Partial<AuthRequest> = {},
  ms = 0,
): DigestChallenge {
  const found = parseWwwAuthenticate(challengesOf(server.check(request(undefined, others), at(ms))))
    .find((one) => one.scheme === "digest" && one.hash === hash);
  assert(found?.scheme === "digest");
  return found;
}

interface Answer {
  readonly user?: string;
  readonly password?: string;
  readonly method?: string;
  readonly uri?: string;
  /** `undefined`: the form of RFC 2069. */
  readonly count?: number | undefined;
}

/** `Authorization` as a client makes it. */
function answer(to: DigestChallenge, how: Answer = {}): string {
  const { user = "ann", password = "nna", method = "PLAY", uri = URI, count = 1 } = how;
  const withCount = !("count" in how) || how.count !== undefined;
  const qop = withCount
    ? { qop: { name: "auth", nonceCount: count, clientNonce: "c0ffee" } } as const
    : {};
  const { hash, realm, nonce } = to;
  const secret = digestSecret(hash, user, realm, password);
  const response = digestResponse({ hash, secret, method, uri, nonce, ...qop });
  const credentials: DigestCredentials = {
    scheme: "digest",
    user,
    realm,
    nonce,
    uri,
    response,
    hash,
    ...qop,
  };
  return serializeAuthorization(credentials);
}

function basic(user: string, password: string): string {
  return serializeAuthorization({ scheme: "basic", user, password });
}

/** Kind, and what else tells results apart. */
function brief(result: AuthResult): string {
  switch (result.kind) {
    case "allowed":
      return `allowed ${result.user ?? "nobody"}`;
    case "challenge":
      return `challenge${result.stale ? " stale" : ""} ${result.delayMs}`;
    case "forbidden":
      return `forbidden ${result.user}`;
    case "bad":
      return `bad ${result.delayMs}`;
    default:
      return result satisfies never;
  }
}

Deno.test("Authenticator offers MD5, SHA-256 before it and Basic behind it where set", () => {
  const kinds = (settings: Partial<AuthSettings>) =>
    challengesOf(authenticator(settings).check(request(), at(0)))
      .map((text) => text.replace(/nonce="[0-9a-f]{58}"/, "nonce"));
  const md5 = 'Digest realm="films", nonce, qop="auth"';
  const sha256 = 'Digest realm="films", nonce, algorithm=SHA-256, qop="auth"';
  assertEquals(kinds({}), [md5]);
  assertEquals(kinds({ digest: "sha256" }), [sha256, md5]);
  assertEquals(kinds({ basic: true }), [md5, 'Basic realm="films"']);
  assertEquals(kinds({ digest: "sha256", basic: true }), [sha256, md5, 'Basic realm="films"']);
});

Deno.test("Authenticator writes stale right behind realm and nonce, where live555 looks for it", () => {
  const server = authenticator();
  const late = server.check(request(answer(challenge(server))), at(300_000));
  assertMatch(challengesOf(late)[0] ?? "", /^Digest realm="films", nonce="[^"]*", stale=true, /);
});

Deno.test("Authenticator asks nobody for a login where anyone may", () => {
  const open = { path: ["open", "a.mjpeg"], uri: "rtsp://192.0.2.9/open/a.mjpeg" };
  for (const authorization of [undefined, "garbage", basic("ann", "wrong")]) {
    assertEquals(
      brief(authenticator().check(request(authorization, open), at(0))),
      "allowed nobody",
    );
  }
});

Deno.test("Authenticator tells 401 from 403", () => {
  const server = authenticator();
  const bob = { user: "bob", password: "bob" };
  const found = server.check(request(answer(challenge(server), bob)), at(0));
  const reason = 'User "bob" may not use "/new/a.mjpeg"';
  assertEquals(found, { kind: "forbidden", user: "bob", reason });
  const others = { path: ["old.mjpeg"], uri: "/old.mjpeg" };
  const allowed = answer(challenge(server), { ...bob, uri: "/old.mjpeg" });
  assertEquals(brief(server.check(request(allowed, others), at(0))), "allowed bob");
});

/** What RFC 7616 §3.9.1 and RFC 2617 §3.5 answer to nonces of their own: right, so only stale with us. */
const VECTORS: [string, string, string, string][] = [
  [
    "RFC 7616 §3.9.1 (MD5)",
    "Mufasa:http-auth@example.org:3d78807defe7de2157e2b0b6573a855f",
    'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=MD5, ' +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, ' +
    'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, ' +
    'response="8ca523f5e9506fed4657c9700eebdbec", ' +
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    "8ca523f5",
  ],
  [
    "RFC 7616 §3.9.1 (SHA-256)",
    "Mufasa:http-auth@example.org:" +
    "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232",
    'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", ' +
    'algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, ' +
    'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, ' +
    'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", ' +
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    "753927fa",
  ],
  [
    "RFC 2617 §3.5",
    "Mufasa:testrealm@host.com:939e7578ed9e3c518a452acee763bce9",
    'Digest username="Mufasa", realm="testrealm@host.com", ' +
    'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, nc=00000001, ' +
    'cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", ' +
    'opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    "6629fae4",
  ],
];
for (const [name, line, authorization, digits] of VECTORS) {
  Deno.test(`Authenticator finds the response of ${name} right, and its nonce not ours`, () => {
    const server = authenticator({ users: parseUserFile(line, "users"), digest: "sha256" });
    const others = { method: "GET", uri: "/dir/index.html", path: ["dir", "index.html"] };
    const found = server.check(request(authorization, others), at(0));
    assertEquals(brief(found), "challenge stale 0");
    const wrong = authorization.replace(digits, "00000000");
    assertEquals(brief(server.check(request(wrong, others), at(0))), "challenge 0");
    const post = { ...others, method: "POST" };
    assertEquals(brief(server.check(request(authorization, post), at(0))), "challenge 0");
  });
}

Deno.test("Authenticator takes MD5, SHA-256 and Basic as set", () => {
  const login = (
    settings: Partial<AuthSettings>,
    hash: "MD5" | "SHA-256" | "Basic",
    user: string,
  ) => {
    const server = authenticator({ ...settings, rules: new AccessRules([]) });
    const password = [...user].toReversed().join("");
    const offered = challenge(server);
    const header = hash === "Basic"
      ? basic(user, password)
      : answer({ ...offered, hash }, { user, password });
    return brief(server.check(request(header), at(0)));
  };
  const sha256 = { digest: "sha256" } as const;
  assertEquals(login({}, "MD5", "ann"), "allowed ann");
  assertEquals(login({}, "MD5", "cid"), "challenge 0", "has no MD5 line");
  assertEquals(login(sha256, "MD5", "ann"), "allowed ann");
  assertEquals(login(sha256, "SHA-256", "ann"), "allowed ann");
  assertEquals(login(sha256, "SHA-256", "cid"), "allowed cid");
  assertEquals(login(sha256, "SHA-256", "bob"), "challenge 0", "has no SHA-256 line");
  assertEquals(login({}, "SHA-256", "ann"), "challenge 0", "not offered");
  assertEquals(login({}, "Basic", "ann"), "challenge 0", "not offered");
  for (const user of ["ann", "bob", "cid"]) {
    assertEquals(login({ basic: true }, "Basic", user), `allowed ${user}`);
  }
});

for (const password of ["a", "aa", "aaa", "", "a:b", "\u00e9"]) {
  Deno.test(`Authenticator takes Basic of the password "${password}"`, () => {
    const line = `ann:${REALM}:${digestSecret("MD5", "ann", REALM, password)}`;
    const server = authenticator({ users: parseUserFile(line, "users"), basic: true });
    assertEquals(brief(server.check(request(basic("ann", password)), at(0))), "allowed ann");
  });
}

Deno.test("Authenticator takes no wrong password, by any scheme", () => {
  const server = authenticator({ digest: "sha256", basic: true, throttle: { freeFailures: 99 } });
  for (const user of ["ann", "cid", "eve", "", "__proto__", "constructor"]) {
    for (const password of ["", "wrong", "nn", "undefined"]) {
      for (const hash of ["MD5", "SHA-256"] as const) {
        const header = answer(challenge(server, hash), { user, password });
        assertEquals(brief(server.check(request(header), at(0))), "challenge 0", header);
      }
      assertEquals(brief(server.check(request(basic(user, password)), at(0))), "challenge 0");
    }
  }
});

Deno.test("Authenticator takes no secret of the file as a password", () => {
  const server = authenticator({ basic: true });
  const password = USERS.users.get("ann")?.md5 ?? "";
  assertEquals(brief(server.check(request(basic("ann", password)), at(0))), "challenge 0");
  assertEquals(
    brief(server.check(request(answer(challenge(server), { password })), at(0))),
    "challenge 0",
  );
});

Deno.test("Authenticator takes a response for this method, realm and nonce alone", () => {
  const server = authenticator({ throttle: { freeFailures: 99 } });
  const offered = challenge(server);
  const other = challenge(server);
  const header = answer(offered);
  const wrong = [
    answer(offered, { method: "DESCRIBE" }),
    answer({ ...offered, realm: "movies" }),
    header.replace('realm="films"', 'realm="movies"'),
    header.replace(offered.nonce, other.nonce),
    header.replace("nc=00000001", "nc=00000002"),
    header.replace("c0ffee", "c0ffef"),
    header.replace(/, qop=.*/, ""),
    header.replace('username="ann"', 'username="bob"'),
    header.replace('username="ann"', 'username="Ann"'),
  ];
  for (const text of wrong) {
    assertEquals(brief(server.check(request(text), at(0))), "challenge 0", text);
  }
  assertEquals(brief(server.check(request(header), at(0))), "allowed ann");
});

Deno.test("Authenticator takes nc once, in the order of two connections, and answers a replay stale", () => {
  const server = authenticator();
  const offered = challenge(server);
  const counts = [1, 3, 2, 4, 3, 4, 5];
  const found = counts.map((count) =>
    brief(server.check(request(answer(offered, { count })), at(9)))
  );
  const [good, again] = ["allowed ann", "challenge stale 0"];
  assertEquals(found, [good, good, good, good, again, again, good]);
});

Deno.test("Authenticator lets nobody but who knows the password use up a count", () => {
  const server = authenticator();
  const offered = challenge(server);
  const guess = answer(offered, { password: "wrong" });
  assertEquals(brief(server.check(request(guess), at(0))), "challenge 0");
  assertEquals(brief(server.check(request(answer(offered)), at(0))), "allowed ann");
});

Deno.test("Authenticator takes RFC 2069's form again and again, until its nonce is too old", () => {
  const server = authenticator();
  const header = answer(challenge(server), { count: undefined });
  assertEquals(/qop|nc=/.test(header), false);
  for (const ms of [0, 1, 299_999]) {
    assertEquals(brief(server.check(request(header), at(ms))), "allowed ann");
  }
  assertEquals(brief(server.check(request(header), at(300_000))), "challenge stale 0");
});

Deno.test("Authenticator takes nobody else's nonce, nor one from before it was started anew", () => {
  const server = authenticator();
  const header = answer(challenge(server), { count: undefined });
  const elsewhere = { peerAddress: "198.51.100.1" };
  assertEquals(brief(server.check(request(header, elsewhere), at(0))), "challenge stale 0");
  const anew = new Authenticator(SETTINGS, new SeededRandom(2));
  assertEquals(brief(anew.check(request(header), at(0))), "challenge stale 0");
});

const HOST = "rtsp://192.0.2.9:8554";
/** Request URI of a movie `new/a.mjpeg`, Digest's uri, and whether it is for it. */
const URIS: [string, string, string, boolean][] = [
  ["the same text (FFmpeg, GStreamer)", `${HOST}/new/a.mjpeg/track1`, "", true],
  ["`*` for OPTIONS (curl)", "*", "", true],
  [
    "Content-Base, with SETUP of the track (live555)",
    `${HOST}/new/a.mjpeg/track1`,
    `${URI}/`,
    true,
  ],
  ["the movie, with SETUP of the track (live555)", `${HOST}/new/a.mjpeg/track1`, URI, true],
  ["a slash more", URI, `${URI}/`, true],
  ["a slash less", `${URI}/`, URI, true],
  ["the path alone", URI, "/new/a.mjpeg", true],
  ["another name of the host", URI, "rtsp://example.org/new/a.mjpeg", true],
  ["user and password in it", URI, "rtsp://ann:nna@192.0.2.9:8554/new/a.mjpeg", true],
  ["what need not be percent-encoded", URI, `${HOST}/n%65w/a%2Emjpeg`, true],
  ["the movie, with a query in both", `${HOST}/new/a.mjpeg/track1?x=1`, `${URI}?x=1`, true],
  ["the movie, without the track's query", `${HOST}/new/a.mjpeg/track1?x=1`, URI, true],
  ["the track, with a request for the movie", URI, `${URI}/track1`, false],
  ["another track", `${HOST}/new/a.mjpeg/track1`, `${HOST}/new/a.mjpeg/track2`, false],
  ["another movie", URI, `${HOST}/new/b.mjpeg`, false],
  ["the folder", URI, `${HOST}/new/`, false],
  ["the whole server", URI, `${HOST}/`, false],
  ["no path", URI, HOST, false],
  ["nothing", URI, " ", false],
  ["`*`", URI, "*", false],
  ["another letter case", URI, `${HOST}/NEW/a.mjpeg`, false],
  ["another query", `${URI}?n=1`, `${URI}?n=2`, false],
  ["no query", `${URI}?n=1`, URI, false],
  ["a way round by ..", URI, `${HOST}/old/../new/a.mjpeg`, false],
  ["an encoded slash", URI, `${HOST}/new%2Fa.mjpeg`, false],
  ["the movie, with another page about it", "/snapshot/a.jpg", "/new/a.mjpeg", false],
];
for (const [name, uri, digestUri, isFor] of URIS) {
  Deno.test(`Authenticator ${isFor ? "takes" : "refuses"} a Digest uri with ${name}`, () => {
    const server = authenticator();
    const header = answer(challenge(server), { uri: digestUri === "" ? uri : digestUri });
    const found = server.check(request(header, { uri }), at(0));
    assertEquals(brief(found), isFor ? "allowed ann" : "bad 0");
  });
}

const UNREADABLE: [string, string][] = [
  ["nothing", ""],
  ["two schemes", "Basic YTpi, Digest username=x"],
  ["broken base64", "Basic !!!"],
  ["no colon", "Basic YWJj"],
  ["a part missing", 'Digest username="ann", realm="films", nonce="1", uri="/"'],
  ["a name twice", 'Digest username="ann", username="bob"'],
  ["no scheme", 'username="ann"'],
];
for (const [name, authorization] of UNREADABLE) {
  Deno.test(`Authenticator answers 400 to credentials with ${name}, which count as failures`, () => {
    const server = authenticator();
    const found = [1, 2, 3, 4].map(() => server.check(request(authorization), at(0)));
    assertEquals(found.map(brief), ["bad 0", "bad 0", "bad 0", "bad 250"]);
    const [first] = found;
    assert(first?.kind === "bad");
    assertMatch(first.reason, /^Cannot parse Authorization: /);
  });
}

for (const scheme of ["Bearer abc", "Negotiate YWJj", "Digest algorithm=SHA-512-256"]) {
  Deno.test(`Authenticator challenges ${scheme}, which is no guess`, () => {
    const server = authenticator();
    for (let i = 0; i < 9; i++) {
      assertEquals(brief(server.check(request(scheme), at(0))), "challenge 0");
    }
  });
}

Deno.test("Authenticator challenges -sess algorithms, with and without qop", () => {
  const server = authenticator();
  for (const count of [1, undefined]) {
    const header = `${answer(challenge(server), { count })}, algorithm=MD5-sess`;
    assertEquals(brief(server.check(request(header), at(0))), "challenge 0");
  }
});

Deno.test("Authenticator holds answers back ever longer, and judges nothing meanwhile", () => {
  const server = authenticator();
  const guess = () =>
    brief(server.check(request(answer(challenge(server), { password: "x" })), at(0)));
  assertEquals([guess(), guess(), guess(), guess()], [
    "challenge 0",
    "challenge 0",
    "challenge 0",
    "challenge 250",
  ]);
  // The right password on a connection beside it gets no other answer than a wrong one.
  assertEquals(guess(), "challenge stale 250");
  const right = (ms: number) => brief(server.check(request(answer(challenge(server))), at(ms)));
  assertEquals([right(0), right(249)], ["challenge stale 250", "challenge stale 1"]);
  assertEquals(brief(server.check(request(), at(100))), "challenge 150");
  assertEquals(right(250), "allowed ann");
  assertEquals(
    brief(server.check(request(undefined, { peerAddress: "::1" }), at(0))),
    "challenge 0",
  );
});

Deno.test("Authenticator takes a first request without credentials for no failure", () => {
  const server = authenticator();
  for (let i = 0; i < 100; i++) assertEquals(brief(server.check(request(), at(i))), "challenge 0");
});

Deno.test("Authenticator keeps who plays playing while others behind the address guess", () => {
  const server = authenticator();
  const offered = challenge(server);
  assertEquals(brief(server.check(request(answer(offered)), at(0))), "allowed ann");
  for (let ms = 1; ms < 100; ms++) {
    server.check(request(answer(challenge(server), { user: "bob", password: "x" })), at(ms));
  }
  assertEquals(brief(server.check(request(), at(100)))[10], "1", "somebody has to wait");
  const keepalive = request(answer(offered, { count: 2 }));
  assertEquals(brief(server.check(keepalive, at(100))), "allowed ann");
});

Deno.test("Authenticator.warnings name who will be kept out", () => {
  const rules = new AccessRules([parseAccessRule("new=ann,eve")]);
  const warnings = ['A rule names "eve", who is not in users'];
  const md5 = '"cid" has no MD5 line in users: most players know no other hash';
  const sha256 = '"bob" has no SHA-256 line in users: programs that know SHA-256 cannot log in';
  assertEquals(authenticator({ rules }).warnings, [...warnings, md5]);
  assertEquals(authenticator({ rules, digest: "sha256" }).warnings, [...warnings, md5, sha256]);
});

/** 20,000 damages of a header, each from another peer, so that none has to wait. */
function checkDamaged(header: (offered: DigestChallenge, run: number) => string): number {
  const random = new SeededRandom(11);
  const server = authenticator({ digest: "sha256", basic: true });
  let allowed = 0;
  for (let run = 0; run < 20_000; run++) {
    const peerAddress = `10.${run >> 16}.${run >> 8 & 255}.${run & 255}`;
    const original = header(challenge(server, "MD5", { peerAddress }), run);
    const text = textOf(damaged(bytesOf(original), random));
    const found = server.check(request(text, { peerAddress }), at(0));
    if (found.kind !== "allowed") continue;
    // Only what still says the same may pass: a space more, say.
    const { algorithmNamed: _, ...same } = { algorithmNamed: true, ...parseOrThrow(text) };
    assertEquals(same, parseOrThrow(original), text);
    allowed++;
  }
  return allowed;
}

function parseOrThrow(text: string): object {
  const { opaque: _, ...credentials } = { opaque: "", ...parseAuthorization(text) };
  return credentials;
}

Deno.test("Authenticator lets no damaged header in that says something else", () => {
  const allowed = checkDamaged((offered, run) =>
    run % 8 === 0 ? basic("ann", "nna") : answer(offered, run % 2 === 0 ? {} : { count: undefined })
  );
  assert(allowed > 0, "damage that changes nothing is among 20,000");
});

Deno.test("Authenticator lets no damage turn a wrong password into a right one", () => {
  const allowed = checkDamaged((offered, run) =>
    run % 8 === 0 ? basic("ann", "wrong") : answer(offered, { password: "wrong" })
  );
  assertEquals(allowed, 0);
});

Deno.test("Authenticator.check() answers what no client sends", () => {
  const server = authenticator({ digest: "sha256", basic: true });
  const texts = [
    "Digest",
    "Basic",
    ",",
    "Digest ,,,=",
    `Digest ${"a=b,".repeat(5000)}`,
    "\0",
    "Basic =",
    "é",
  ];
  for (const [i, text] of texts.entries()) {
    const found = server.check(request(text, { peerAddress: `192.0.2.${i}` }), at(0));
    assertEquals(found.kind === "bad" || found.kind === "challenge", true, text);
  }
});

Deno.test("check() with usersOnly asks for a login also where a rule lets anyone in", () => {
  const rules = new AccessRules(["/=anyone"].map(parseAccessRule));
  const server = authenticator({ rules, basic: true });
  assertEquals(server.check(request(), at(0)).kind, "allowed");
  const own = { path: [], usersOnly: true };
  assertEquals(server.check(request(undefined, own), at(0)).kind, "challenge");
  const login = `Basic ${btoa("bob:bob")}`;
  assertEquals(server.check(request(login, own), at(0)), { kind: "allowed", user: "bob" });
});

Deno.test("maySee() is what the rules say, without a login", () => {
  const server = authenticator();
  const seen = [["open", "a"], ["new", "a"], ["other"]].map((path) =>
    [undefined, "ann", "bob"].filter((user) => server.maySee(user, path))
  );
  assertEquals(seen, [[undefined, "ann", "bob"], ["ann"], ["ann", "bob"]]);
});
