import { assert, assertEquals } from "@std/assert";
import { Prober, type ProberOptions } from "../../lib/client/prober.ts";
import type { ProberOutput } from "../../lib/client/prober_output.ts";
import { messageLines } from "../../lib/client/message_lines.ts";
import { standardTarget } from "../../lib/client/standard_target.ts";
import type { ServerSettings } from "../../lib/server/server_settings.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { ServerHarness } from "../support/server_harness.ts";
import { bytesOf, textOf } from "../support/text.ts";

const URL_TEXT = "rtsp://localhost:8554/movie.Mjpeg";

interface Talk extends Partial<Omit<ProberOptions, "target">> {
  readonly url?: string;
  readonly settings?: Partial<ServerSettings>;
  /** Changes what the server writes; `undefined`: it is silent. */
  readonly rewrite?: (reply: string, request: string) => string | undefined;
  /** The server breaks the connection off instead of answering this method. */
  readonly breaksAt?: string;
}

/** A prober and our server in memory; each request takes 3 ms. */
function probe({ url = URL_TEXT, settings, rewrite, breaksAt, ...options }: Talk = {}) {
  const movie = new FakeMovie("movie.Mjpeg", sampleJpegs(40, 384, 288));
  const server = new ServerHarness(
    (path) =>
      path === movie.name ? movie.lease() : { kind: "refusal", status: 404, reason: "none" },
    settings,
  );
  const prober = new Prober({
    target: standardTarget(url),
    login: undefined,
    transport: "auto",
    product: "Zoetrope/test",
    random: new SeededRandom(3),
    ...options,
  });
  const requests: string[] = [];
  const udp: string[] = [];
  let connection = 0;
  const places: string[] = [];
  const trace: string[] = [];
  let ended: Extract<ProberOutput, { kind: "ended" }> | undefined;
  const queue = prober.start(at(0));
  const now = () => at(server.nowMs);
  const exchange = (bytes: Uint8Array): ProberOutput[] => {
    const request = textOf(bytes);
    requests.push(request);
    server.advance(3);
    if (breaksAt !== undefined && request.startsWith(breaksAt)) {
      server.disconnect(connection);
      return prober.disconnected("the server closed the connection", now());
    }
    const reply = server.send(bytes, connection);
    const written = rewrite === undefined ? reply : rewrite(reply, request);
    return written === undefined ? [] : prober.receive(bytesOf(written), now());
  };
  for (let turns = 0; ended === undefined; turns++) {
    assert(turns < 500, "the probe does not end");
    const output = queue.shift();
    switch (output?.kind) {
      case undefined: {
        const wakeAtMs = prober.wakeAtMs;
        assert(wakeAtMs !== undefined, "the prober waits for nothing");
        server.advance(wakeAtMs - server.nowMs);
        queue.push(...prober.tick(now()));
        break;
      }
      case "connect":
        udp.push(output.udp);
        places.push(`${output.secure ? "rtsps" : "rtsp"} ${output.host}:${output.port}`);
        server.connect(++connection);
        server.advance(1);
        queue.push(...prober.connected({ serverAddress: "127.0.0.1", rtpPort: 25_000 }, now()));
        break;
      case "message":
        trace.push(...messageLines(`${output.from}: ${textOf(output.bytes)}`));
        break;
      case "write":
        queue.push(...exchange(output.bytes));
        break;
      case "close":
        server.disconnect(connection);
        break;
      case "ended":
        ended = output;
        break;
      default:
        output satisfies undefined;
    }
  }
  assertEquals(prober.wakeAtMs, undefined);
  const methods = requests.map((text) => text.split(" ")[0]);
  return { ...ended, requests, methods, udp, places, trace, server, movie };
}

Deno.test("Prober finds out what our server is and offers, and leaves nothing behind", () => {
  const { outcome, result, methods, udp, server, movie } = probe();
  assertEquals(outcome, "probed");
  assertEquals(methods, ["OPTIONS", "DESCRIBE", "SETUP", "TEARDOWN", "SETUP", "TEARDOWN"]);
  assertEquals(udp, ["pair", "none"]);
  assertEquals([server.machine.sessions.size, movie.leased], [0, 0]);
  const { sdp, steps, methods: offered, transports, ...rest } = result;
  assertEquals(rest, {
    url: URL_TEXT,
    redirects: [],
    address: "127.0.0.1:8554",
    server: "Zoetrope/test",
    connectMs: 1,
    tracks: [{
      media: "video",
      encoding: "JPEG/90000",
      payloadType: 26,
      control: `${URL_TEXT}/trackID=0`,
      framesPerSecond: 20,
      size: { width: 384, height: 288 },
      startSeconds: 0,
      endSeconds: 2,
    }],
    problem: undefined,
  });
  assert(sdp?.startsWith("v=0\r\n"));
  assert(["DESCRIBE", "SETUP", "PLAY", "TEARDOWN"].every((name) => offered.includes(name)));
  assertEquals(transports.map(({ protocol, accepted }) => [protocol, accepted]), [
    ["udp", true],
    ["tcp", true],
  ]);
  assert(transports[0]?.answer.includes("client_port=25000-25001"));
  assert(transports[1]?.answer.includes("interleaved=0-1"));
  assertEquals(
    steps.map(({ method, protocol, status, atMs, tookMs }) => [
      method,
      protocol,
      status,
      atMs,
      tookMs,
    ]),
    [
      ["OPTIONS", undefined, 200, 1, 3],
      ["DESCRIBE", undefined, 200, 4, 3],
      ["SETUP", "udp", 200, 7, 3],
      ["TEARDOWN", "udp", 200, 10, 3],
      ["SETUP", "tcp", 200, 14, 3],
      ["TEARDOWN", "tcp", 200, 17, 3],
    ],
  );
});

const refusingUdp = (reply: string, request: string) =>
  request.includes("client_port") ? reply.replace("200 OK", "461 Unsupported Transport") : reply;

Deno.test("Prober goes on after a transport that was refused, on the same connection", () => {
  const { outcome, result, methods, udp } = probe({ rewrite: refusingUdp });
  assertEquals(outcome, "probed");
  assertEquals(methods, ["OPTIONS", "DESCRIBE", "SETUP", "SETUP", "TEARDOWN"]);
  assertEquals(udp.length, 1);
  const [first, second] = result.transports;
  assertEquals(first, { protocol: "udp", accepted: false, answer: "461 Unsupported Transport" });
  assertEquals([second?.protocol, second?.accepted], ["tcp", true]);
});

Deno.test("Prober asks for the one transport that it was told", () => {
  for (const transport of ["udp", "tcp"] as const) {
    const { result } = probe({ transport });
    assertEquals(result.transports.map(({ protocol }) => protocol), [transport]);
  }
  const { result } = probe({ url: URL_TEXT.replace("rtsp:", "rtsps:") });
  assertEquals(result.transports.map(({ protocol }) => protocol), ["tcp"]);
});

/** Wants Basic before DESCRIBE and what follows. */
const wantingLogin = (reply: string, request: string) =>
  request.startsWith("OPTIONS") || /^Authorization: Basic YW5uOnMzY3JldA==\r$/m.test(request)
    ? reply
    : reply.replace("200 OK", '401 Unauthorized\r\nWWW-Authenticate: Basic realm="movies"')
      .replace(/\r\n\r\n[^]*/, "\r\n\r\n").replace(/Content-Length: \d+/, "Content-Length: 0");

Deno.test("Prober logs in when it is asked to", () => {
  const { outcome, result } = probe({
    rewrite: wantingLogin,
    login: { user: "ann", password: "s3cret" },
  });
  assertEquals(outcome, "probed");
  assertEquals(result.steps.slice(0, 3).map(({ method, status }) => [method, status]), [
    ["OPTIONS", 200],
    ["DESCRIBE", 401],
    ["DESCRIBE", 200],
  ]);
  const named = probe({
    url: URL_TEXT.replace("//", "//ann:s3cret@"),
    rewrite: wantingLogin,
  });
  assertEquals([named.outcome, named.result.url], ["probed", URL_TEXT]);
});

/** What a server says that sends elsewhere. */
function redirect(request: string, status: number, location?: string): string {
  const cseq = /^CSeq: (\d+)/m.exec(request)?.[1] ?? "0";
  const to = location === undefined ? "" : `Location: ${location}\r\n`;
  return `RTSP/1.0 ${status} Found\r\nCSeq: ${cseq}\r\n${to}\r\n`;
}

for (const status of [301, 302, 303, 305]) {
  Deno.test(`Prober goes where ${status} sends it, and keeps the times of all steps`, () => {
    const other = status === 305 ? "rtsp://b.example:9554" : "rtsp://b.example:9554/movie.Mjpeg";
    let wasSent = false;
    const { outcome, result, methods, places, requests } = probe({
      url: URL_TEXT.replace("//", "//ann:s3cret@"),
      rewrite: (reply, request) => {
        if (wasSent || !request.startsWith("DESCRIBE")) return reply;
        wasSent = true;
        return redirect(request, status, other);
      },
    });
    assertEquals(outcome, "probed");
    assertEquals(methods.slice(0, 4), ["OPTIONS", "DESCRIBE", "OPTIONS", "DESCRIBE"]);
    assertEquals(places.slice(0, 2), ["rtsp localhost:8554", "rtsp b.example:9554"]);
    assertEquals(result.redirects, [status === 305 ? URL_TEXT : other]);
    assertEquals([result.url, result.address], [URL_TEXT, "127.0.0.1:9554"]);
    assertEquals(requests.slice(2).filter((text) => text.includes("Authorization")), []);
    assertEquals(
      result.steps.map(({ method, status, atMs, tookMs }) => [method, status, atMs, tookMs]),
      [
        ["OPTIONS", 200, 1, 3],
        ["DESCRIBE", status, 4, 3],
        ["OPTIONS", 200, 8, 3],
        ["DESCRIBE", 200, 11, 3],
        ["SETUP", 200, 14, 3],
        ["TEARDOWN", 200, 17, 3],
        ["SETUP", 200, 21, 3],
        ["TEARDOWN", 200, 24, 3],
      ],
    );
  });
}

Deno.test("Prober traces the conversation, without what proves who asks", () => {
  const { trace } = probe({ rewrite: wantingLogin, login: { user: "ann", password: "s3cret" } });
  assertEquals(trace.slice(0, 2), [`client: OPTIONS ${URL_TEXT} RTSP/1.0`, "CSeq: 1"]);
  for (const line of ["server: RTSP/1.0 200 OK", "v=0", "Authorization: (not shown)"]) {
    assert(trace.includes(line), line);
  }
  assertEquals(trace.filter((line) => line.includes("YW5u")), []);
});

const PLACE = "movie.Mjpeg from localhost:8554";
const FAILURES: readonly (readonly [name: string, talk: Talk, outcome: string, problem: string])[] =
  [
    [
      "a login is wanted",
      { rewrite: wantingLogin },
      "refused",
      `Cannot probe ${PLACE}: DESCRIBE was answered 401 Unauthorized: the server wants a user and ` +
      "password: --user NAME:PASSWORD gives them",
    ],
    [
      "a password is wrong",
      { rewrite: wantingLogin, login: { user: "ann", password: "no" } },
      "refused",
      `Cannot probe ${PLACE}: DESCRIBE was answered 401 Unauthorized: the user or the password is ` +
      "wrong",
    ],
    [
      "every transport is refused",
      {
        rewrite: (reply, request) =>
          request.startsWith("SETUP") ? reply.replace("200 OK", "461 Unsupported") : reply,
      },
      "refused",
      `Cannot probe ${PLACE}: SETUP by UDP was answered 461 Unsupported, SETUP by TCP was answered ` +
      "461 Unsupported",
    ],
    [
      "the server redirects nowhere",
      { rewrite: (_reply, request) => redirect(request, 302) },
      "failed",
      `Cannot probe ${PLACE}: OPTIONS was answered 302 Found, but it names no Location`,
    ],
    [
      "the server redirects out of TLS",
      {
        url: "rtsps://localhost:8554/movie.Mjpeg",
        rewrite: (_reply, request) => redirect(request, 301, URL_TEXT),
      },
      "failed",
      `Cannot probe ${PLACE}: OPTIONS was answered 301 Found, but it leads from rtsps to rtsp, ` +
      "which is not protected",
    ],
    [
      "the server redirects in a circle",
      { rewrite: (_reply, request) => redirect(request, 303, URL_TEXT) },
      "failed",
      `Cannot probe ${PLACE}: OPTIONS was answered 303 Found, but 5 redirects came before it`,
    ],
    [
      "nothing is answered",
      { rewrite: () => undefined },
      "failed",
      `Cannot probe ${PLACE}: OPTIONS was not answered within 10 s`,
    ],
    [
      "the connection ends",
      { breaksAt: "DESCRIBE" },
      "failed",
      `Cannot probe ${PLACE}: DESCRIBE was not answered, the server closed the connection`,
    ],
    [
      "the description has no tracks",
      {
        rewrite: (reply, request) =>
          request.startsWith("DESCRIBE")
            ? "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 37\r\n\r\n" +
              "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n".padEnd(37, " ").slice(0, 37)
            : reply,
      },
      "failed",
      `Cannot probe ${PLACE}: its description has no tracks`,
    ],
    [
      "the answer is no RTSP",
      { rewrite: () => "HTTP/1.1 400 Bad Request\r\n\r\n" },
      "failed",
      `Cannot probe ${PLACE}: the server's words cannot be read: `,
    ],
  ];
for (const [name, talk, outcome, problem] of FAILURES) {
  Deno.test(`Prober says in a sentence that ${name}`, () => {
    const probed = probe(talk);
    assertEquals(probed.outcome, outcome);
    assertEquals(probed.result.problem?.slice(0, problem.length), problem);
  });
}

Deno.test("Prober says that there is no such movie", () => {
  const { outcome, result } = probe({ url: "rtsp://localhost:8554/none.Mjpeg" });
  assertEquals(outcome, "refused");
  const start = "Cannot probe none.Mjpeg from localhost:8554: DESCRIBE was answered 404 Not Found";
  assertEquals(result.problem?.slice(0, start.length), start);
});

Deno.test("Prober takes the end of the connection, or silence, for the answer to TEARDOWN", () => {
  const broken = probe({ breaksAt: "TEARDOWN" });
  const silent = probe({
    rewrite: (reply, request) => request.startsWith("TEARDOWN") ? undefined : reply,
  });
  for (const { outcome, result } of [broken, silent]) {
    assertEquals(outcome, "probed");
    assertEquals(result.transports.map(({ accepted }) => accepted), [true, true]);
    assertEquals(result.steps[3]?.status, undefined);
  }
  assertEquals(silent.result.steps[3]?.tookMs, 1000);
});

Deno.test("Prober goes on where OPTIONS is not known", () => {
  const { outcome, result } = probe({
    rewrite: (reply, request) =>
      request.startsWith("OPTIONS") ? reply.replace("200 OK", "501 Not Implemented") : reply,
  });
  assertEquals([outcome, result.methods], ["probed", []]);
});

Deno.test("Prober reports a connection that cannot be made, in its time or at all", () => {
  const make = () =>
    new Prober({
      target: standardTarget(URL_TEXT),
      login: undefined,
      transport: "auto",
      product: "Zoetrope/test",
      random: new SeededRandom(1),
    });
  const problemOf = (outputs: readonly ProberOutput[]) =>
    outputs.flatMap((output) => output.kind === "ended" ? [output.result.problem] : []);
  const refused = make();
  refused.start(at(0));
  assertEquals(problemOf(refused.disconnected("nobody listens there", at(1))), [
    `Cannot probe ${PLACE}: nobody listens there`,
  ]);
  const silent = make();
  silent.start(at(0));
  assertEquals(silent.wakeAtMs, 10_000);
  assertEquals(problemOf(silent.tick(at(10_000))), [
    `Cannot probe ${PLACE}: no connection within 10 s`,
  ]);
});

Deno.test("Prober ends at once when it is interrupted", () => {
  const prober = new Prober({
    target: standardTarget(URL_TEXT),
    login: undefined,
    transport: "tcp",
    product: "Zoetrope/test",
    random: new SeededRandom(1),
  });
  prober.start(at(0));
  prober.connected({ serverAddress: "127.0.0.1", rtpPort: 0 }, at(1));
  const outputs = prober.stop(at(2));
  assertEquals(outputs.map(({ kind }) => kind), ["close", "ended"]);
  assertEquals(prober.stop(at(3)), []);
});
