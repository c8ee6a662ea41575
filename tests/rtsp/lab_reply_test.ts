import { assert, assertEquals, assertThrows } from "@std/assert";
import { serializeLabReply } from "../../lib/rtsp/lab_reply.ts";
import { type LabReply, LabReplyParser } from "../../lib/rtsp/lab_reply_parser.ts";
import { LAB_QUIET_MS, MAX_HEAD_LENGTH } from "../../lib/rtsp/limits.ts";
import type { BrokenStream } from "../../lib/rtsp/message.ts";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

Deno.test("serializeLabReply() writes CSeq on line 2 and Session on line 3, headers behind", () => {
  const bytes = serializeLabReply({
    status: 200,
    cseq: 3,
    session: "751858",
    headers: [["Content-Type", "application/sdp"]],
    body: bytesOf("v=0\r\n"),
  });
  assertEquals(
    textOf(bytes),
    "RTSP/1.0 200 OK\r\nCSeq: 3\r\nSession: 751858\r\nContent-Type: application/sdp\r\n" +
      "Content-Length: 5\r\n\r\nv=0\r\n",
  );
});

Deno.test("serializeLabReply() says Session: 0 on every error", () => {
  for (const status of [400, 404, 454, 455, 500, 501, 505]) {
    const lines = textOf(serializeLabReply({ status, cseq: 1, session: "751858" })).split("\r\n");
    assertEquals(lines.slice(1), ["CSeq: 1", "Session: 0", "", ""]);
  }
});

Deno.test("serializeLabReply() refuses what kills stock clients", () => {
  const good = { status: 200, cseq: 1, session: "1" };
  assertThrows(() => serializeLabReply({ ...good, session: "1f" }), RangeError, "not decimal");
  assertThrows(() => serializeLabReply({ ...good, cseq: -1 }), RangeError, "CSeq -1");
  assertThrows(() => serializeLabReply({ ...good, status: 99 }), RangeError, "status 99");
  const header = (value: string) => ({ ...good, headers: [["X", value]] as const });
  assertThrows(() => serializeLabReply(header("a\r\nb")), RangeError, "not allowed");
  assertThrows(() => serializeLabReply(header("a".repeat(220))), RangeError, "at most 256");
});

type Row = [name: string, text: string, expected: string[], ended: boolean];
const STOCK = "RTSP/1.0 200 OK\nCSeq: 1\nSession: 751858";
const REPLIES: Row[] = [
  ["stock, without end", STOCK, ["200 1 751858 "], false],
  ["one trailing LF", `${STOCK}\n`, ["200 1 751858 "], false],
  ["LF LF", `${STOCK}\n\n`, ["200 1 751858 "], true],
  ["CRLF with a blank line", `${STOCK.replaceAll("\n", "\r\n")}\r\n\r\n`, ["200 1 751858 "], true],
  ["no space behind the colon", "RTSP/1.0 200 OK\nCSeq:7\nSession:5", ["200 7 5 "], false],
  ["a timeout", `${STOCK};timeout=60\r\n\r\n`, ["200 1 751858 "], true],
  ["headers between", "RTSP/1.0 200 OK\r\nDate: 1\r\nCSeq: 4\r\nX: 2\r\nSession: 9\r\n\r\n", [
    "200 4 9 ",
  ], true],
  ["other names, read by position", "RTSP/1.0 200 OK\nSEeq: 2\nSesion: 8", ["200 2 8 "], false],
  ["an error of one line", "RTSP/1.0 404 NOT FOUND", ["404 - - "], false],
  ["an error of two lines", "RTSP/1.0 500 CONNECTION ERROR\nCSeq: 2", ["500 2 - "], false],
  [
    "two glued",
    `${STOCK}${STOCK.replace("1\n", "2\n")}`,
    ["200 1 751858 ", "200 2 751858 "],
    false,
  ],
  [
    "two glued on fresh lines",
    `${STOCK}\n${STOCK.replace("1\n", "2\n")}\n`,
    ["200 1 751858 ", "200 2 751858 "],
    false,
  ],
  [
    "a body by Content-Length, and one more reply",
    `${STOCK}\r\nContent-Length: 9\r\n\r\nv=0\n\nRTSP${STOCK}\n\n`,
    ["200 1 751858 v=0\n\nRTSP", "200 1 751858 "],
    true,
  ],
  [
    "a body without length, ended by silence",
    `${STOCK}\nContent-Type: application/sdp\n\nv=0\no=x\n\ns=y`,
    ["200 1 751858 v=0\no=x\n\ns=y"],
    false,
  ],
  [
    "junk behind a reply",
    `${STOCK}\n\nwhat is thisRT\n${STOCK}\n\n`,
    ["200 1 751858 ", "200 1 751858 "],
    true,
  ],
];

function brief(items: readonly (LabReply | BrokenStream)[]): string[] {
  return items.map((item) => {
    if (item.kind === "broken") return item.error.message;
    return `${item.status} ${item.cseq ?? "-"} ${item.session ?? "-"} ${textOf(item.body)}`;
  });
}

for (const [name, text, expected, ended] of REPLIES) {
  Deno.test(`LabReplyParser reads ${name}, in every cut`, () => {
    for (const chunks of everyCut(bytesOf(text))) {
      const parser = new LabReplyParser();
      const items = chunks.flatMap((chunk) => parser.push(chunk, at(0)));
      assertEquals(parser.wakeAtMs, ended ? undefined : LAB_QUIET_MS);
      assertEquals(parser.tick(at(LAB_QUIET_MS - 1)), []);
      items.push(...parser.tick(at(LAB_QUIET_MS)));
      assertEquals(brief(items), expected);
    }
  });
}

Deno.test("LabReplyParser reads what serializeLabReply() writes", () => {
  const parser = new LabReplyParser();
  const body = bytesOf("v=0\r\n\r\nRTSP/1.0 200 OK");
  const items = parser.push(serializeLabReply({ status: 200, cseq: 3, session: "5", body }), at(0));
  assertEquals(brief(items), [`200 3 5 ${textOf(body)}`]);
});

Deno.test("LabReplyParser waits for the CSeq line of a reply split over segments", () => {
  const parser = new LabReplyParser();
  parser.push(bytesOf("RTSP/1.0 200 OK\n"), at(0));
  assertEquals(parser.tick(at(30)), []);
  assertEquals(parser.push(bytesOf("CSeq: 1\nSession: 5\n\n"), at(200)).length, 1);
});

const BROKEN: [name: string, text: string, message: string][] = [
  ["another protocol", "HTTP/1.1 400 Bad Request\r\n\r\n", 'starts with "HTTP'],
  ["a first line that is none", "RTSP/1.0 OK\n\n", 'first line "RTSP/1.0 OK" is not'],
  ["control bytes", "RTSP/1.0 200 OK\nCSeq: \0\n\n", "control bytes"],
  ["a head without end", `RTSP/1.0 200 OK\n${"x".repeat(MAX_HEAD_LENGTH)}`, "longer than 16384"],
  ["a negative length", "RTSP/1.0 200 OK\nContent-Length: -1\n\n", '"-1" is not a number'],
];
for (const [name, text, message] of BROKEN) {
  Deno.test(`LabReplyParser breaks on ${name} and stays broken`, () => {
    const parser = new LabReplyParser();
    const items = parser.push(bytesOf(text), at(0));
    assert(
      items[0]?.kind === "broken" && items[0].error.message.includes(message),
      brief(items)[0],
    );
    assertEquals([parser.push(bytesOf(STOCK), at(50)), parser.wakeAtMs], [[], undefined]);
  });
}

Deno.test("LabReplyParser survives 20,000 damages", () => {
  const random = new SeededRandom(3);
  let [replies, broken] = [0, 0];
  for (let run = 0; run < 20_000; run++) {
    const bytes = damaged(bytesOf(REPLIES[run % REPLIES.length]?.[1] ?? STOCK), random);
    const cut = random.below(bytes.length + 1);
    const parser = new LabReplyParser();
    const items = parser.push(bytes.subarray(0, cut), at(0));
    items.push(...parser.push(bytes.subarray(cut), at(random.below(60))), ...parser.tick(at(100)));
    for (const { kind } of items) kind === "broken" ? broken++ : replies++;
  }
  assert(replies > 5000 && broken > 1000, `${replies} read, ${broken} broken`);
});

Deno.test("LabReplyParser keeps replies as they came, in every cut", () => {
  const replies = [
    "RTSP/1.0 200 OK\nCSeq: 1\nSession: 751858",
    "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 4\r\n\r\nv=0\n",
    "RTSP/1.0 404 NOT FOUND\nCSeq: 3\n\n",
  ];
  for (const chunks of everyCut(bytesOf(replies.join("")))) {
    const parser = new LabReplyParser();
    const items = chunks.flatMap((chunk) => parser.push(chunk.slice(), at(0)));
    assertEquals(items.map((item) => item.kind === "response" && textOf(item.wire)), replies);
  }
});
