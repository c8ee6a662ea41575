import { assert, assertEquals, assertMatch } from "@std/assert";
import { bytesOf, textOf } from "../support/text.ts";
import { WebFixture } from "./web_fixture.ts";

/** Reads a body chunk by chunk. */
class BodyReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(response: Response) {
    assertEquals(response.status, 200);
    assert(response.body !== null);
    this.#reader = response.body.getReader();
  }

  async next(): Promise<Uint8Array | undefined> {
    return (await this.#reader.read()).value;
  }

  async text(): Promise<string> {
    return textOf(await this.next() ?? bytesOf("the end"));
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** Which of the movie's frames a part of a preview has. */
function frameIn(web: WebFixture, part: Uint8Array | undefined): number {
  const text = textOf(part ?? new Uint8Array());
  assertMatch(text, /Content-Type: image\/jpeg\r\nContent-Length: \d+\r\n\r\n/);
  assert(text.endsWith("\r\n--zoetrope-frame\r\n"));
  return web.movie.frames.findIndex((frame) => text.includes(textOf(frame))) + 1;
}

Deno.test("GET /preview/ sends each frame when it is due, and starts again at the end", async () => {
  const web = await WebFixture.create();
  const response = await web.ask("/preview/movie.Mjpeg?n=39");
  assertMatch(
    response.headers.get("content-type") ?? "",
    /^multipart\/x-mixed-replace; boundary=zoetrope-frame$/,
  );
  const body = new BodyReader(response);
  const first = await body.next();
  assert(textOf(first ?? new Uint8Array()).startsWith("--zoetrope-frame\r\n"));
  const frames = [frameIn(web, first)];
  for (let more = 0; more < 3; more++) {
    const next = body.next();
    await web.clock.advance(49);
    assertEquals(web.clock.sleepers, 1, "50 ms lie between frames");
    await web.clock.advance(1);
    frames.push(frameIn(web, await next));
  }
  assertEquals(frames, [39, 40, 1, 2]);
  await body.cancel();
  assertEquals(web.movie.leased, 0);
});

Deno.test("a slow reader of a preview loses frames and holds one", async () => {
  const web = await WebFixture.create();
  const body = new BodyReader(await web.ask("/preview/movie.Mjpeg"));
  await body.next();
  const reads = web.movie.reads;
  await web.clock.advance(1010);
  assertEquals(web.movie.reads, reads);
  assertEquals(frameIn(web, await body.next()), 21);
  await body.cancel();
});

Deno.test("a preview with loop=0 ends, and lets the movie go", async () => {
  const web = await WebFixture.create();
  const body = new BodyReader(await web.ask("/preview/movie.Mjpeg?n=40&loop=0"));
  assertEquals(frameIn(web, await body.next()), 40);
  await web.clock.advance(50);
  assertEquals([await body.next(), web.movie.leased], [undefined, 0]);
});

Deno.test("a reader that leaves while it waits for a frame lets the movie go at once", async () => {
  const web = await WebFixture.create();
  const body = new BodyReader(await web.ask("/preview/movie.Mjpeg"));
  await body.next();
  const waiting = body.next();
  await web.clock.advance(10);
  await body.cancel();
  await waiting;
  assertEquals([web.movie.leased, web.clock.sleepers], [0, 0]);
});

Deno.test("close() ends previews and event streams", async () => {
  const web = await WebFixture.create();
  const preview = new BodyReader(await web.ask("/preview/movie.Mjpeg"));
  const events = new BodyReader(await web.ask("/api/events"));
  await preview.next();
  await events.next();
  const ends = Promise.all([preview.next(), events.next()]);
  await web.handler.close();
  assertEquals(await ends, [undefined, undefined]);
  assertEquals(web.movie.leased, 0);
});

/** The data of an event by its name; `undefined` where it is not in the text. */
function eventIn(text: string, name: string): unknown {
  const found = new RegExp(`(?:^|\\n)event: ${name}\\n(?:id: \\d+\\n)?data: (.*)\\n\\n`).exec(text);
  return found?.[1] === undefined ? undefined : JSON.parse(found[1]);
}

Deno.test("GET /api/events says hello with the lines so far, then tells as it happens", async () => {
  const web = await WebFixture.create();
  web.log.add({ kind: "log", level: "info", message: "before" }, 1);
  const body = new BodyReader(await web.ask("/api/events"));
  const hello = await body.text();
  assertMatch(hello, /^event: hello\ndata: \{"version":"1\.2\.3",.*\n\nevent: log\nid: 1\n/);
  web.log.add({ kind: "log", level: "error", message: "after" }, 2);
  web.handler.logged();
  const [line] = eventIn(await body.text(), "log") as { message: string }[];
  assertEquals(line?.message, "after");
  web.handler.moviesChanged();
  assertEquals(eventIn(await body.text(), "movies"), {});
  web.handler.second();
  const status = eventIn(await body.text(), "status") as { sessions: unknown[] };
  assertEquals(status.sessions, []);
  await body.cancel();
});

Deno.test("a reader that knows lines of before is told only later ones, or all after a restart", async () => {
  const web = await WebFixture.create();
  for (const message of ["a", "b"]) web.log.add({ kind: "log", level: "info", message }, 1);
  const linesAfter = async (id: string) => {
    const body = new BodyReader(await web.ask("/api/events", { "last-event-id": id }));
    const lines = eventIn(await body.text(), "log") as { message: string }[] | undefined;
    await body.cancel();
    return lines?.map(({ message }) => message);
  };
  assertEquals(await linesAfter("1"), ["b"]);
  assertEquals(await linesAfter("2"), undefined);
  assertEquals(await linesAfter("900"), ["a", "b"]);
});

Deno.test("a slow reader of events gets the newest second and no queue", async () => {
  const web = await WebFixture.create();
  const body = new BodyReader(await web.ask("/api/events"));
  await body.next();
  for (let second = 0; second < 100; second++) {
    await web.clock.advance(1000);
    web.handler.second();
    web.log.add({ kind: "log", level: "info", message: String(second) }, second);
    web.handler.logged();
  }
  const text = await body.text();
  const { sample } = eventIn(text, "status") as { sample: { atUnixMs: number } };
  assertEquals(sample.atUnixMs, web.clock.now().unixMs);
  assertEquals((eventIn(text, "log") as unknown[]).length, 100);
  await body.cancel();
});
