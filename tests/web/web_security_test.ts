import { assert, assertEquals, assertMatch } from "@std/assert";
import { digestResponse, digestSecret } from "../../lib/rtsp/digest.ts";
import { parseWwwAuthenticate } from "../../lib/rtsp/www_authenticate_header.ts";
import { HostRules } from "../../lib/web/host_rules.ts";
import { authenticatorOf, basic, WebFixture } from "./web_fixture.ts";

const HOSTS: [host: string, atLoopback: boolean, atAll: boolean][] = [
  ["127.0.0.1:8080", true, true],
  ["localhost", true, true],
  ["LOCALHOST.:80", true, true],
  ["films.localhost:8080", true, true],
  ["[::1]:8080", true, true],
  ["films.example:8080", true, true],
  ["192.0.2.7:8080", false, true],
  ["[2001:db8::1]:80", false, true],
  ["evil.example", false, false],
  ["localhost.evil.example", false, false],
  ["127.0.0.1.evil.example", false, false],
  ["evil.example:80@localhost", false, false],
  ["localhost/evil", false, false],
  ["", false, false],
];
for (const [host, atLoopback, atAll] of HOSTS) {
  Deno.test(`HostRules takes "${host}" as it should`, () => {
    const allowed = ["127.0.0.1", "0.0.0.0"].map((listening) =>
      new HostRules(listening, ["Films.example"]).allows(host)
    );
    assertEquals(allowed, [atLoopback, atAll]);
  });
}

const LINK = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
const GUARDED: [what: string, headers: Record<string, string>, path: string, status: number][] = [
  ["a name that somebody else gave our address", { host: "evil.example" }, "/", 421],
  ["another name that is ours", { host: "films.example:8080" }, "/healthz", 200],
  ["our own page", { origin: "http://127.0.0.1:8080", "sec-fetch-site": "same-origin" }, "/", 200],
  ["our own page behind a proxy that does TLS", { origin: "https://127.0.0.1:8080" }, "/", 200],
  ["a page elsewhere", { origin: "http://evil.example" }, "/api/sessions", 403],
  ["a page at another port here", { origin: "http://127.0.0.1:3000" }, "/api/sessions", 403],
  ["a page without an origin of its own", { origin: "null" }, "/api/sessions", 403],
  [
    "a picture in a page elsewhere",
    { "sec-fetch-site": "cross-site" },
    "/preview/movie.Mjpeg",
    403,
  ],
  ["a page at another port, by its site", { "sec-fetch-site": "same-site" }, "/api/movies", 403],
  ["an address that was typed", { "sec-fetch-site": "none", ...LINK }, "/api/movies", 200],
  ["a link elsewhere to the page", { "sec-fetch-site": "cross-site", ...LINK }, "/", 200],
  [
    "a link elsewhere to something else",
    { "sec-fetch-site": "cross-site", ...LINK },
    "/metrics",
    403,
  ],
  [
    "a frame elsewhere around the page",
    { "sec-fetch-site": "cross-site", ...LINK, "sec-fetch-dest": "iframe" },
    "/",
    403,
  ],
  ["a body", { "content-length": "1" }, "/", 413],
  ["long header fields", { cookie: "x".repeat(17_000) }, "/", 431],
  ["a long query", {}, `/api/log?${"x".repeat(3000)}`, 414],
];
for (const [what, headers, path, status] of GUARDED) {
  Deno.test(`${what}: ${status}`, async () => {
    const response = await (await WebFixture.create()).ask(path, headers);
    assertEquals(response.status, status);
    await response.body?.cancel();
  });
}

Deno.test("no page elsewhere ends a session", async () => {
  const web = await WebFixture.create();
  const path = `/api/sessions/${web.play()}`;
  for (
    const headers of [
      { origin: "http://evil.example" },
      { host: "evil.example:8080", origin: "http://evil.example:8080" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", ...LINK },
    ] as Record<string, string>[]
  ) {
    const { status, body } = await web.ask(path, headers, "DELETE");
    await body?.cancel();
    assert(status === 403 || status === 421);
  }
  assertEquals(web.server.machine.sessions.size, 1);
});

const RULES: [
  who: string,
  rules: string[],
  path: string,
  anybody: number,
  ann: number,
  bob: number,
][] = [
  ["the page, without rules", [], "/", 401, 200, 200],
  ["the page, where anyone may see the movies", ["/=anyone"], "/", 401, 200, 200],
  ["sessions of a server that is ann's", ["/=ann"], "/api/sessions", 401, 200, 403],
  ["metrics", [], "/metrics", 401, 200, 200],
  ["whether it runs", ["/=ann"], "/healthz", 200, 200, 200],
  ["a movie, without rules", [], "/snapshot/movie.Mjpeg.jpg", 401, 200, 200],
  ["a movie for anyone", ["movie.Mjpeg=anyone"], "/snapshot/movie.Mjpeg.jpg", 200, 200, 200],
  ["a movie of ann's", ["secret=ann"], "/snapshot/secret/a%20b.mjpeg.jpg", 401, 200, 403],
  ["its preview", ["secret=ann"], "/preview/secret/a%20b.mjpeg", 401, 200, 403],
  [
    "it by another way to write it",
    ["secret=ann"],
    "/preview//%73ecret//a%20b.mjpeg",
    401,
    200,
    403,
  ],
];
for (const [what, rules, path, ...wanted] of RULES) {
  Deno.test(`logins: ${what}`, async () => {
    const web = await WebFixture.create({ authenticator: authenticatorOf(...rules) });
    const found: number[] = [];
    for (const headers of [{}, basic("ann"), basic("bob")]) {
      const { status, body } = await web.ask(path, headers);
      await body?.cancel();
      found.push(status);
    }
    assertEquals(found, wanted);
  });
}

Deno.test("/api/movies leaves out what the user may not see", async () => {
  const web = await WebFixture.create({ authenticator: authenticatorOf("secret=ann") });
  const namesFor = async (user: string) => {
    const { movies } = await (await web.ask("/api/movies", basic(user))).json();
    return movies.map(({ name }: { name: string }) => name);
  };
  assertEquals(await namesFor("ann"), ["movie.Mjpeg", "secret/a b.mjpeg"]);
  assertEquals(await namesFor("bob"), ["movie.Mjpeg"]);
});

Deno.test("Digest is asked for first, and taken with the path and query as its uri", async () => {
  const web = await WebFixture.create({ authenticator: authenticatorOf() });
  const uri = "/snapshot/movie.Mjpeg.jpg?n=2";
  const response = await web.ask(uri);
  assertEquals((await response.json()).error, "Log in to see this");
  const [challenge, second] = parseWwwAuthenticate([
    ...(response.headers.get("www-authenticate") ?? "").split(/, (?=Basic)/),
  ]);
  assert(challenge?.scheme === "digest");
  assertEquals(second?.scheme, "basic");
  const { nonce, realm } = challenge;
  const answer = (method: string, nonceCount: number) => {
    const secret = digestSecret("MD5", "ann", realm, "ann");
    const qop = { name: "auth", nonceCount, clientNonce: "c" } as const;
    const proof = digestResponse({ hash: "MD5", secret, method, uri, nonce, qop });
    const nc = String(nonceCount).padStart(8, "0");
    return {
      authorization: `Digest username="ann", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
        `qop=auth, nc=${nc}, cnonce="c", response="${proof}"`,
    };
  };
  assertEquals((await web.ask(uri, answer("GET", 1))).status, 200);
  assertEquals((await web.ask(uri, answer("GET", 1))).status, 401, "a count counts once");
  assertEquals((await web.ask("/metrics", answer("GET", 2))).status, 400, "for another path");
});

Deno.test("wrong passwords cost growing time, and nobody else's", async () => {
  const web = await WebFixture.create({ authenticator: authenticatorOf() });
  for (let tries = 0; tries < 3; tries++) await web.ask("/", basic("ann", "guess"));
  const slow = web.ask("/", basic("ann", "guess"));
  await web.clock.advance(0);
  assertEquals(web.clock.sleepers, 1);
  assertEquals((await web.ask("/", basic("bob"), "GET", "192.0.2.9")).status, 200);
  await web.clock.advance(250);
  assertEquals((await slow).status, 401);
});

Deno.test("the user who ends a session is in the log", async () => {
  const web = await WebFixture.create({ authenticator: authenticatorOf() });
  const id = web.play();
  assertEquals((await web.ask(`/api/sessions/${id}`, {}, "DELETE")).status, 401);
  assertEquals((await web.ask(`/api/sessions/${id}`, basic("ann"), "DELETE")).status, 204);
  assertMatch(web.server.closed[0]?.[1] ?? "", /^ended on the web page by ann at 127\.0\.0\.1$/);
});

Deno.test("one peer holds six previews at most, and gives back what it ends", async () => {
  const web = await WebFixture.create();
  const open = () => web.ask("/preview/movie.Mjpeg");
  const previews = await Promise.all(Array.from({ length: 6 }, open));
  assertEquals(previews.map(({ status }) => status), [200, 200, 200, 200, 200, 200]);
  assertEquals((await open()).status, 503);
  assertEquals((await web.ask("/preview/movie.Mjpeg", {}, "GET", "192.0.2.9")).status, 200);
  await previews[0]?.body?.cancel();
  assertEquals((await open()).status, 200);
  await web.handler.close();
  assertEquals(web.movie.leased, 0);
});
