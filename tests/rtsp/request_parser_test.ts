import { assert, assertEquals } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { parseLabRequest } from "../../lib/rtsp/lab_request.ts";
import { LAB_QUIET_MS } from "../../lib/rtsp/limits.ts";
import { RtspRequestParser, type ServerInput } from "../../lib/rtsp/request_parser.ts";
import { RtspSyntaxError } from "../../lib/rtsp/rtsp_syntax_error.ts";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { hex } from "../support/hex.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";
import { LAB_REQUESTS } from "./lab_requests.ts";

function brief(items: readonly ServerInput[]): string[] {
  return items.map((item) => {
    if (item.kind === "request") return `${item.framing} ${item.method} ${item.uri}`.trimEnd();
    return item.kind === "broken" ? item.error.message : item.kind;
  });
}

for (const { name, text, method, uri, ended } of LAB_REQUESTS) {
  Deno.test(`RtspRequestParser frames the lab's ${name} in every cut`, () => {
    for (const chunks of everyCut(bytesOf(text))) {
      const parser = new RtspRequestParser();
      const items = chunks.flatMap((chunk) => parser.push(chunk, at(0)));
      assertEquals(parser.wakeAtMs, ended ? undefined : LAB_QUIET_MS);
      assertEquals(parser.tick(at(LAB_QUIET_MS - 1)), []);
      items.push(...parser.tick(at(LAB_QUIET_MS)));
      assertEquals(brief(items), [`lab ${method} ${uri}`.trimEnd()]);
      assertEquals(parser.tick(at(10 * LAB_QUIET_MS)), []);
    }
  });
}

Deno.test("RtspRequestParser ends a lab message late as well, before it reads on", () => {
  const parser = new RtspRequestParser();
  parser.push(bytesOf("PLAY a RTSP/1.0\nCSeq: 2\nSession: 1"), at(0));
  const items = parser.push(bytesOf("PAUSE a RTSP/1.0\nCSeq: 3\nSession: 1"), at(500));
  assertEquals(brief(items), ["lab PLAY a"]);
  assertEquals(brief(parser.tick(at(530))), ["lab PAUSE a"]);
});

Deno.test("RtspRequestParser starts the quiet time anew with each chunk", () => {
  const parser = new RtspRequestParser();
  assertEquals(parser.push(bytesOf("PLAY a RTSP/1.0\nCSeq: 2\nSess"), at(0)), []);
  assertEquals(parser.wakeAtMs, 30);
  assertEquals(parser.push(bytesOf("ion: 1"), at(29)), []);
  assertEquals(parser.wakeAtMs, 59);
  assertEquals(parser.tick(at(58)), []);
  const [request] = parser.tick(at(59));
  assert(request?.kind === "request");
  assertEquals(request.lines, ["PLAY a RTSP/1.0", "CSeq: 2", "Session: 1"]);
  assertEquals(request.headers.get("Session"), "1");
});

const GLUED: [name: string, text: string, expected: string[]][] = [
  [
    "on fresh lines",
    "SETUP a.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000\n" +
    "PLAY a.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 1\nPAUSE a.Mjpeg RTSP/1.0\nCSeq: 3\nSession: 1",
    ["lab SETUP a.Mjpeg", "lab PLAY a.Mjpeg", "lab PAUSE a.Mjpeg"],
  ],
  [
    "with nothing between",
    "SETUP a.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000" +
    "PLAY a.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 1",
    ["lab SETUP a.Mjpeg", "lab PLAY a.Mjpeg"],
  ],
  [
    "of the old form",
    "SETUP a.Mjpeg\n1\n RTSP/1.0 RTP/UDP 25000\nPLAY \n2\nPAUSE \n3TEARDOWN \n4",
    ["lab SETUP a.Mjpeg", "lab PLAY", "lab PAUSE", "lab TEARDOWN"],
  ],
];
for (const [name, text, expected] of GLUED) {
  Deno.test(`RtspRequestParser tells glued lab messages apart ${name}, in every cut`, () => {
    for (const chunks of everyCut(bytesOf(text))) {
      const parser = new RtspRequestParser();
      const items = chunks.flatMap((chunk) => parser.push(chunk, at(0)));
      assertEquals(brief([...items, ...parser.tick(at(30))]), expected);
    }
  });
}

const STANDARD = joinBytes([
  bytesOf(
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" +
      "DESCRIBE rtsp://127.0.0.1:8554/a RTSP/1.0\r\nCSeq: 2\r\nAccept: application/sdp\r\n\r\n" +
      "SETUP rtsp://127.0.0.1/a/track1 RTSP/1.0\r\nCSeq: 3\r\n" +
      "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n" +
      "SET_PARAMETER rtsps://h/a RTSP/2.0\nCSeq: 4\nContent-Length: 9\n\nPLAY a\n\nx",
  ),
  hex`24 01 00 02 81 c9`, // a block on channel 1
  bytesOf("TEARDOWN rtsp://127.0.0.1/a RTSP/1.0\r\nCSeq: 5\r\nSession: 12345678\r\n\r\n"),
]);

Deno.test("§10.12 RtspRequestParser reads standard requests and blocks in every cut", () => {
  const whole = new RtspRequestParser().push(STANDARD, at(0));
  assertEquals(brief(whole), [
    "standard OPTIONS *",
    "standard DESCRIBE rtsp://127.0.0.1:8554/a",
    "standard SETUP rtsp://127.0.0.1/a/track1",
    "standard SET_PARAMETER rtsps://h/a",
    "interleaved",
    "standard TEARDOWN rtsp://127.0.0.1/a",
  ]);
  for (const chunks of everyCut(STANDARD)) {
    const parser = new RtspRequestParser();
    assertEquals(chunks.flatMap((chunk) => parser.push(chunk, at(0))), whole);
    assertEquals(parser.wakeAtMs, undefined);
  }
});

const SLOW = [
  "DESCRIBE rtsp://h/a RTSP/1.0\r\nCSeq: 2\r\nUser-Agent: x\r\nAccept: application/sdp\r\n\r\n",
  "SETUP rtsp://h/a RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP;unicast;client_port=2-3\r\nX: 1\r\n\r\n",
  "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: VLC 3\r\nRequire: a\r\n\r\n",
  "PLAY rtsp://h/a RTSP/1.0\r\nCSeq: 2\r\nRange: npt=0-\r\nSession: 5\r\nScale: 2\r\n\r\n",
  "GET_PARAMETER rtsp://h/a RTSP/1.0\r\nCSeq: 2\r\nSession: 9f3a;x\r\nX: 1\r\n\r\n",
];
Deno.test("RtspRequestParser never cuts a slow standard sender short", () => {
  for (const text of SLOW) {
    const parser = new RtspRequestParser();
    const items: ServerInput[] = [];
    bytesOf(text).forEach((byte, i) =>
      items.push(...parser.push(Uint8Array.of(byte), at(i * 1000)))
    );
    assertEquals(brief(items), [`standard ${text.split(" RTSP")[0]}`]);
  }
});

Deno.test("RtspRequestParser never cuts before a lab SETUP has its third line", () => {
  const parser = new RtspRequestParser();
  parser.push(bytesOf("SETUP a RTSP/1.0\nCSeq: 1\n"), at(0));
  assertEquals(parser.wakeAtMs, undefined);
  parser.push(bytesOf("Transport: RTP/UDP; client_port= 5"), at(1000));
  assertEquals(parser.wakeAtMs, 1030);
});

Deno.test("RtspRequestParser frames an unknown method of either dialect, for 501", () => {
  const parser = new RtspRequestParser();
  assertEquals(brief(parser.push(bytesOf("FLY rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\n\r\n"), at(0))), [
    "standard FLY rtsp://h/a",
  ]);
  parser.push(bytesOf("constructor a RTSP/1.0\nCSeq: 2\nSession: 1"), at(0));
  assertEquals(brief(parser.tick(at(30))), ["lab constructor a"]);
});

Deno.test("RtspRequestParser breaks on what neither dialect has", () => {
  const parser = new RtspRequestParser();
  const items = parser.push(bytesOf("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), at(0));
  assertEquals(items.map(({ kind }) => kind), ["broken"]);
  assertEquals(parser.push(bytesOf("OPTIONS * RTSP/1.0\r\n\r\n"), at(0)), []);
  assertEquals([parser.wakeAtMs, parser.tick(at(99))], [undefined, []]);
});

Deno.test("RtspRequestParser and parseLabRequest() survive 20,000 damages", () => {
  const random = new SeededRandom(2);
  const streams = [STANDARD, ...GLUED.map(([, text]) => bytesOf(text))];
  let [lab, refused] = [0, 0];
  for (let run = 0; run < 20_000; run++) {
    const bytes = damaged(streams[run % streams.length] ?? STANDARD, random);
    const cut = random.below(bytes.length + 1);
    const parser = new RtspRequestParser();
    const items = parser.push(bytes.subarray(0, cut), at(0));
    items.push(...parser.push(bytes.subarray(cut), at(random.below(60))), ...parser.tick(at(100)));
    for (const item of items) {
      if (item.kind !== "request" || item.framing !== "lab") continue;
      try {
        parseLabRequest(item.lines);
        lab++;
      } catch (error) {
        if (!(error instanceof RtspSyntaxError)) throw error;
        refused++;
      }
    }
  }
  assert(lab > 5000 && refused > 100, `${lab} read, ${refused} refused`);
});
