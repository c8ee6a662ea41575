import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { WebFixture } from "./web_fixture.ts";

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

/** Status and, where it is a refusal, its sentence. */
async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json()).error];
}

Deno.test("GET / is the page, with the policy that lets no other code in", async () => {
  const response = await (await WebFixture.create()).ask("/");
  assertEquals(response.status, 200);
  assertMatch(await response.text(), /<h1>Zoetrope<\/h1>/);
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
});

Deno.test("every answer has the protecting header fields, refusals too", async () => {
  const web = await WebFixture.create();
  for (const path of ["/", "/healthz", "/api/movies", "/nothing", "/snapshot/movie.Mjpeg.jpg"]) {
    const { headers, body } = await web.ask(path);
    await body?.cancel();
    assertMatch(
      headers.get("content-security-policy") ?? "",
      /default-src 'none'; script-src 'self'/,
    );
    assert(!headers.get("content-security-policy")?.includes("unsafe"));
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("cross-origin-resource-policy"), "same-origin");
    assertEquals(headers.get("access-control-allow-origin"), null);
  }
});

Deno.test("GET /assets/ gives the page's files, and 304 for those that are known", async () => {
  const web = await WebFixture.create();
  const response = await web.ask("/assets/server_page.js");
  assertEquals(response.headers.get("content-type"), "text/javascript; charset=utf-8");
  await response.body?.cancel();
  const etag = response.headers.get("etag") ?? "";
  assertEquals((await web.ask("/assets/server_page.js", { "if-none-match": etag })).status, 304);
  for (const path of ["/assets/nothing.js", "/assets/", "/assets/..%2fweb_host.ts"]) {
    assertEquals((await refusalOf(await web.ask(path)))[0], 404);
  }
});

Deno.test("GET /api/movies lists at once, and says what is in them once that is known", async () => {
  const web = await WebFixture.create();
  const first = await (await web.ask("/api/movies")).json();
  assertEquals(first.movies.map(({ content }: { content: unknown }) => content), [null, null]);
  await web.clock.advance(0);
  const { movies: [movie] } = await (await web.ask("/api/movies")).json();
  assertEquals(movie, {
    name: "movie.Mjpeg",
    octets: 1000,
    modifiedMs: null,
    content: {
      frames: 40,
      framesPerSecond: 20,
      seconds: 2,
      width: 384,
      height: 288,
      live: false,
      etag: "fake",
    },
    problem: null,
  });
  assertEquals([web.movie.leased, web.hidden.leased], [0, 0]);
});

Deno.test("GET /api/sessions shows who plays, and how fast over the last second", async () => {
  const web = await WebFixture.create();
  const id = web.play();
  web.handler.second();
  web.server.advance(1000);
  await web.clock.advance(1000);
  web.handler.second();
  const { sessions: [session, ...others] } = await (await web.ask("/api/sessions")).json();
  assertEquals(others, []);
  const { state, transport, droppedFrames, framesSentPerSecond } = session;
  assertEquals([session.id, state, transport], [id, "playing", "udp"]);
  assertEquals([droppedFrames, framesSentPerSecond], [3, 20]);
  assert(session.bitsPerSecond > 100_000);
});

Deno.test("DELETE /api/sessions/ID ends a session, and 404 says that there is none", async () => {
  const web = await WebFixture.create();
  const id = web.play();
  const response = await web.ask(`/api/sessions/${id}`, {}, "DELETE");
  assertEquals([response.status, response.body], [204, null]);
  assertEquals([web.server.machine.sessions.size, web.movie.leased], [0, 0]);
  assertEquals(web.server.closed, [[1, "ended on the web page by 127.0.0.1"]]);
  assertEquals((await (await web.ask("/api/sessions")).json()).sessions, []);
  assertEquals(await refusalOf(await web.ask(`/api/sessions/${id}`, {}, "DELETE")), [
    404,
    `There is no session ${id}`,
  ]);
});

Deno.test("GET /api/log gives the lines after one", async () => {
  const web = await WebFixture.create();
  for (const message of ["a", "b\n"]) web.log.add({ kind: "log", level: "info", message }, 5);
  const { lines } = await (await web.ask("/api/log?after=1")).json();
  assertEquals(lines, [
    { id: 2, atUnixMs: 5, level: "info", peer: null, session: null, message: "b\\x0a" },
  ]);
  assertEquals((await refusalOf(await web.ask("/api/log?after=x")))[0], 400);
});

const FRAMES: [query: string, index: number][] = [
  ["", 0],
  ["?n=1", 0],
  ["?n=40", 39],
  ["?t=0", 0],
  ["?t=0.05", 1],
  ["?t=1.999", 39],
];
for (const [query, index] of FRAMES) {
  Deno.test(`GET /snapshot/ "${query}" is frame ${index + 1}, byte for byte`, async () => {
    const web = await WebFixture.create();
    const response = await web.ask(`/snapshot/movie.Mjpeg.jpg${query}`);
    assertEquals(response.headers.get("x-frame-number"), String(index + 1));
    assertEquals(await bytesOf(response), web.movie.frames[index]);
    assertEquals(web.movie.leased, 0);
  });
}

const NO_FRAMES: [path: string, status: number, sentence: string][] = [
  ["movie.Mjpeg.jpg?n=41", 404, '"movie.Mjpeg" has no frame 41: it has 40 frames, 2.0 s'],
  ["movie.Mjpeg.jpg?t=2", 404, '"movie.Mjpeg" has no frame at 2 s: it has 40 frames, 2.0 s'],
  ["movie.Mjpeg.jpg?n=0", 400, 'n needs a number from 1 on, not "0"'],
  ["movie.Mjpeg.jpg?t=-1", 400, 't needs seconds such as 1.5, not "-1"'],
  ["movie.Mjpeg.jpg?n=1&t=1", 400, "n and t cannot be given both"],
  ["movie.Mjpeg.jpg?w=15", 400, 'w needs a width of 16 to 4096 pixels, not "15"'],
  ["nothing.jpg", 404, 'Cannot open "nothing"'],
  ["..%2fx.jpg", 404, "There is nothing at /snapshot/..%2fx.jpg"],
];
for (const [path, status, sentence] of NO_FRAMES) {
  Deno.test(`GET /snapshot/${path} is ${status}`, async () => {
    const web = await WebFixture.create();
    assertEquals(await refusalOf(await web.ask(`/snapshot/${path}`)), [status, sentence]);
    assertEquals(web.movie.leased, 0);
  });
}

for (
  const [w, size] of [[96, [96, 72]], [160, [160, 120]], [48, [48, 36]], [1000, [
    384,
    288,
  ]]] as const
) {
  Deno.test(`GET /snapshot/ with w=${w} is that wide, and no wider than the movie`, async () => {
    const web = await WebFixture.create();
    const path = `/snapshot/movie.Mjpeg.jpg?n=3&w=${w}`;
    const jpeg = await bytesOf(await web.ask(path));
    const { width, height } = parseJpegImage(jpeg);
    assertEquals([width, height], [...size]);
    assertEquals(await bytesOf(await web.ask(path)), jpeg);
  });
}

Deno.test("GET /snapshot/ reads and scales a frame once, and says 304 for one that is known", async () => {
  const web = await WebFixture.create();
  const path = "/snapshot/movie.Mjpeg.jpg?w=96";
  const both = await Promise.all([web.ask(path), web.ask(path)]);
  for (const response of both) await response.body?.cancel();
  const etag = both[0]?.headers.get("etag") ?? "";
  assertEquals((await web.ask(path, { "if-none-match": etag })).status, 304);
  assertEquals([web.movie.reads, web.movie.leased], [1, 0]);
});

Deno.test("GET /snapshot/ finds a movie in a folder whose name has a space", async () => {
  const web = await WebFixture.create();
  const response = await web.ask("/snapshot/secret/a%20b.mjpeg.jpg");
  assertEquals(await bytesOf(response), web.hidden.frames[0]);
});

Deno.test("GET /metrics are figures that Prometheus reads", async () => {
  const web = await WebFixture.create();
  web.play();
  web.server.advance(1000);
  await web.clock.advance(1000);
  web.handler.second();
  const response = await web.ask("/metrics");
  assertMatch(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const names = new Set<string>();
  for (const line of text.trimEnd().split("\n")) {
    const found =
      /^(?:# (?:HELP|TYPE) ([a-z_]+) .+|([a-z_]+)(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[\d.e+-]+)$/
        .exec(line);
    assert(found !== null, line);
    if (found[1] !== undefined) names.add(found[1]);
    else assert(names.has(found[2] ?? ""), `${line} has no HELP and TYPE before it`);
  }
  assertMatch(text, /\nzoetrope_sender_info\{sender="mmsg"\} 1\n/);
  assertMatch(text, /\nzoetrope_sessions\{dialect="lab",state="playing",transport="udp"\} 1\n/);
  const { frames } = web.server.machine.totals;
  assert(frames > 20 && text.includes(`\nzoetrope_frames_sent_total ${frames}\n`));
  assertMatch(text, /\nprocess_resident_memory_bytes 50000000\n/);
});

Deno.test("totals in /metrics never go back when a session ends", async () => {
  const web = await WebFixture.create();
  const id = web.play();
  web.server.advance(1000);
  const framesOf = async () =>
    /\nzoetrope_frames_sent_total (\d+)\n/.exec(await (await web.ask("/metrics")).text())?.[1];
  const before = await framesOf();
  await web.ask(`/api/sessions/${id}`, {}, "DELETE");
  assertEquals(await framesOf(), before);
});

Deno.test("GET /healthz says ok", async () => {
  const response = await (await WebFixture.create()).ask("/healthz");
  assertEquals([response.status, await response.text()], [200, "ok\n"]);
});

Deno.test("HEAD is GET without the body: the same length, or none of a stream", async () => {
  const web = await WebFixture.create();
  for (const path of ["/", "/healthz", "/api/openapi.json", "/snapshot/movie.Mjpeg.jpg"]) {
    const { byteLength } = await (await web.ask(path)).arrayBuffer();
    const response = await web.ask(path, {}, "HEAD");
    const length = response.headers.get("content-length");
    assertEquals([response.status, response.body, length], [200, null, String(byteLength)], path);
  }
  for (const path of ["/preview/movie.Mjpeg", "/api/events"]) {
    const response = await web.ask(path, {}, "HEAD");
    const length = response.headers.get("content-length");
    assertEquals([response.status, await response.text(), length], [200, "", null], path);
  }
  assertEquals(web.movie.leased, 0);
});

for (
  const [method, path, allow] of [
    ["POST", "/api/sessions", "GET, HEAD"],
    ["GET", "/api/sessions/1", "DELETE"],
    ["PUT", "/snapshot/movie.Mjpeg.jpg", "GET, HEAD"],
  ] as const
) {
  Deno.test(`${method} ${path} is 405, with what is allowed`, async () => {
    const response = await (await WebFixture.create()).ask(path, {}, method);
    assertEquals([response.status, response.headers.get("allow")], [405, allow]);
    await response.body?.cancel();
  });
}
