import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  MAX_BODY_LENGTH,
  MAX_GARBAGE_LENGTH,
  MAX_HEAD_LENGTH,
  MAX_HEADER_LINES,
} from "../../lib/rtsp/limits.ts";
import type { RtspItem } from "../../lib/rtsp/message.ts";
import { RtspMessageParser } from "../../lib/rtsp/message_parser.ts";
import { RtspHeaders } from "../../lib/rtsp/rtsp_headers.ts";
import { serializeRequest, serializeResponse } from "../../lib/rtsp/serialize_message.ts";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { damaged } from "../support/damage.ts";
import { everyCut } from "../support/every_cut.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

const NOTHING = new Uint8Array();

/** Sloppy bytes in, the item, and its canonical bytes out (the same where none are given). */
const MESSAGES: { name: string; bytes: string; item: RtspItem; canonical?: string }[] = [
  {
    name: "RFC 2326 §10.1's OPTIONS",
    bytes: "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nRequire: implicit-play\r\n" +
      "Proxy-Require: gzipped-messages\r\n\r\n",
    item: {
      kind: "request",
      method: "OPTIONS",
      uri: "*",
      version: "RTSP/1.0",
      headers: new RtspHeaders([
        ["CSeq", "1"],
        ["Require", "implicit-play"],
        ["Proxy-Require", "gzipped-messages"],
      ]),
      body: NOTHING,
    },
  },
  {
    name: "RFC 2326 §10.8's GET_PARAMETER with a body",
    bytes: "GET_PARAMETER rtsp://example.com/fizzle/foo RTSP/1.0\r\nCSeq: 431\r\n" +
      "Content-Type: text/parameters\r\nSession: 12345678\r\nContent-Length: 26\r\n\r\n" +
      "packets_received\r\njitter\r\n",
    item: {
      kind: "request",
      method: "GET_PARAMETER",
      uri: "rtsp://example.com/fizzle/foo",
      version: "RTSP/1.0",
      headers: new RtspHeaders([
        ["CSeq", "431"],
        ["Content-Type", "text/parameters"],
        ["Session", "12345678"],
        ["Content-Length", "26"],
      ]),
      body: bytesOf("packets_received\r\njitter\r\n"),
    },
  },
  {
    name: "RFC 2326 §10.7's answer, with LF for CRLF and spaces",
    bytes: "\r\n\nRTSP/1.0  200 OK \ncseq :  892  \n\n",
    canonical: "RTSP/1.0 200 OK\r\ncseq: 892\r\n\r\n",
    item: {
      kind: "response",
      version: "RTSP/1.0",
      status: 200,
      reason: "OK",
      headers: new RtspHeaders([["cseq", "892"]]),
      body: NOTHING,
    },
  },
  {
    name: "a folded header",
    bytes: "SETUP rtsp://h/a RTSP/1.0\r\nTransport: RTP/AVP;unicast;\r\n\t client_port=2-3\r\n\r\n",
    canonical: "SETUP rtsp://h/a RTSP/1.0\r\nTransport: RTP/AVP;unicast; client_port=2-3\r\n\r\n",
    item: {
      kind: "request",
      method: "SETUP",
      uri: "rtsp://h/a",
      version: "RTSP/1.0",
      headers: new RtspHeaders([["Transport", "RTP/AVP;unicast; client_port=2-3"]]),
      body: NOTHING,
    },
  },
  {
    name: "RFC 7826's version, left to the caller to answer 505, and a URI with spaces",
    bytes: "DESCRIBE rtsp://h/a film.avi RTSP/2.0\r\nconstructor: 1\r\n__proto__: 2\r\n\r\n",
    item: {
      kind: "request",
      method: "DESCRIBE",
      uri: "rtsp://h/a film.avi",
      version: "RTSP/2.0",
      headers: new RtspHeaders([["constructor", "1"], ["__proto__", "2"]]),
      body: NOTHING,
    },
  },
  {
    name: "a status without reason",
    bytes: "RTSP/1.0 454\r\nCSeq: 1\r\n\r\n",
    canonical: "RTSP/1.0 454 \r\nCSeq: 1\r\n\r\n",
    item: {
      kind: "response",
      version: "RTSP/1.0",
      status: 454,
      reason: "",
      headers: new RtspHeaders([["CSeq", "1"]]),
      body: NOTHING,
    },
  },
];

for (const { name, bytes, item, canonical = bytes } of MESSAGES) {
  Deno.test(`RtspMessageParser reads ${name}`, () => {
    assertEquals(new RtspMessageParser().push(bytesOf(bytes)), [item]);
  });
  Deno.test(`serializeRequest() and serializeResponse() write ${name}`, () => {
    assertEquals(textOf(serialized(item)), canonical);
  });
}

function serialized(item: RtspItem): Uint8Array {
  if (item.kind === "request") return serializeRequest(item);
  return item.kind === "response" ? serializeResponse(item) : NOTHING;
}

const BLOCK = hex`
  24 00 00 05     # $, channel 0, 5 bytes
  80 24 00 0d 0a  # a $, a CR and an LF that mean nothing
`;
const EMPTY_BLOCK = hex`24 01 00 00`;
const STREAM = joinBytes([
  bytesOf(MESSAGES.map(({ bytes }) => bytes).join("")),
  BLOCK,
  EMPTY_BLOCK,
  bytesOf("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 4\r\n\r\n$RTS"),
  BLOCK,
]);

Deno.test("§9.1, §10.12 RtspMessageParser reads pipelined messages and blocks in every cut", () => {
  const whole = new RtspMessageParser().push(STREAM);
  assertEquals(whole.length, MESSAGES.length + 4);
  assertEquals(whole[MESSAGES.length], {
    kind: "interleaved",
    channel: 0,
    payload: hex`80 24 00 0d 0a`,
  });
  for (const chunks of everyCut(STREAM)) {
    const parser = new RtspMessageParser();
    assertEquals(chunks.flatMap((chunk) => parser.push(chunk)), whole);
  }
});

Deno.test("§10.12 RtspMessageParser resynchronises on garbage between blocks, in every cut", () => {
  const garbage = hex`00 ff 24 77 50 4c 41 59 2e 52 54 53`; // $ of no channel, PLAY., RTS
  const stream = joinBytes([
    BLOCK,
    garbage,
    EMPTY_BLOCK, // channel 1: the RTCP neighbour of 0
    garbage,
    bytesOf("RTSP/1.0 200 OK\r\n\r\n"),
    garbage,
    bytesOf("TEARDOWN * RTSP/1.0\r\n\r\n"),
    bytesOf("FLY * RTSP/1.0\r\n\r\n"),
  ]);
  for (const chunks of everyCut(stream)) {
    const parser = new RtspMessageParser();
    const kinds = chunks.flatMap((chunk) => parser.push(chunk)).map((item) => item.kind);
    assertEquals(kinds, ["interleaved", "interleaved", "response", "request", "request"]);
    assertEquals(parser.garbageBytes, 3 * garbage.length);
  }
});

Deno.test("RtspMessageParser breaks when garbage does not end", () => {
  const parser = new RtspMessageParser();
  parser.push(BLOCK);
  assertEquals(parser.push(new Uint8Array(MAX_GARBAGE_LENGTH)), []);
  assertEquals(parser.push(Uint8Array.of(1)).map((item) => item.kind), ["broken"]);
});

const HEAD = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n";
const BROKEN: [name: string, bytes: string, status: number, message: string][] = [
  ["plain HTTP", "GET / HTTP/1.1\r\n\r\n", 400, 'first line "GET / HTTP/1.1" is neither'],
  ["a TLS greeting", "\x16\x03\x01", 400, "it starts with byte 16, as TLS does (rtsps://)"],
  ["a TLS alert", "\x15\x03\x03", 400, "it starts with byte 15, as TLS does (rtsps://)"],
  ["a control byte", "\x14\x03\x03", 400, "control byte 14 in line 1 (byte 0)"],
  ["NUL in CSeq", "OPTIONS * RTSP/1.0\r\nCSeq: \0\r\n\r\n", 400, "control byte 00 in line 2"],
  ["a CR inside a line", `${HEAD}X: a\rb\r\n\r\n`, 400, "CR without LF in line 3 (byte 33)"],
  [
    "a header without colon",
    `${HEAD}X\r\n\r\n`,
    400,
    'header line 2 has no name before a colon: "X"',
  ],
  ["a header name with a space", `${HEAD}X y: 1\r\n\r\n`, 400, 'a colon: "X y: 1"'],
  ["a continuation of nothing", "OPTIONS * RTSP/1.0\r\n X: 1\r\n\r\n", 400, "header line 1"],
  ["a status that is none", "RTSP/1.0 999 No\r\n\r\n", 400, "is neither"],
  ["negative Content-Length", `${HEAD}Content-Length: -1\r\n\r\n`, 400, '"-1" is not a number'],
  [
    "wrapping Content-Length",
    `${HEAD}Content-Length: 4294967297\r\n\r\n`,
    413,
    '"4294967297" is more',
  ],
  [
    "huge Content-Length",
    `${HEAD}Content-Length: ${"9".repeat(400)}\r\n\r\n`,
    413,
    `is more than ${MAX_BODY_LENGTH} bytes`,
  ],
  [
    "Content-Lengths that differ",
    `${HEAD}Content-Length: 1\r\ncontent-length: 2\r\n\r\n`,
    400,
    "Content-Length 1 and 2 differ",
  ],
  ["a header without end", HEAD + "X".repeat(MAX_HEAD_LENGTH), 413, "longer than 16384 bytes"],
  ["thousands of headers", HEAD + "a: 1\n".repeat(2000), 413, `more than ${MAX_HEADER_LINES}`],
  ["thousands of continuation lines", HEAD + " a\n".repeat(2000), 413, "header lines"],
];
for (const [name, text, status, message] of BROKEN) {
  Deno.test(`known hole: RtspMessageParser refuses ${name} and stays broken`, () => {
    const parser = new RtspMessageParser();
    const items = parser.push(joinBytes([bytesOf(`${HEAD}\r\n`), bytesOf(text)]));
    assertEquals(items.map(({ kind }) => kind), ["request", "broken"]);
    const [, last] = items;
    assert(last?.kind === "broken");
    assertEquals(last.error.status, status);
    assertStringIncludes(last.error.message, message);
    assertEquals(parser.push(bytesOf(`${HEAD}\r\n`)), []);
  });
}

/** Errors hold their stack, which depends on the cut. */
function messagesOf(items: readonly RtspItem[]): string[] {
  return items.map((item) => item.kind === "broken" ? item.error.message : item.kind);
}

Deno.test("RtspMessageParser refuses the same in every cut", () => {
  for (const [name, text] of BROKEN.filter(([, text]) => text.length < 100)) {
    const whole = messagesOf(new RtspMessageParser().push(bytesOf(text)));
    for (const chunks of everyCut(bytesOf(text))) {
      const parser = new RtspMessageParser();
      assertEquals(messagesOf(chunks.flatMap((chunk) => parser.push(chunk))), whole, name);
    }
  }
});

Deno.test("RtspMessageParser reads the longest body and head that are allowed", () => {
  const body = new Uint8Array(MAX_BODY_LENGTH).fill(0x24);
  const head = bytesOf(`RTSP/1.0 200 OK\r\nContent-Length: ${MAX_BODY_LENGTH}\r\n\r\n`);
  const [item] = new RtspMessageParser().push(joinBytes([head, body]));
  assertEquals(item?.kind === "response" && item.body.length, MAX_BODY_LENGTH);
  const line = "RTSP/1.0 200 ";
  const longest = `${line}${"x".repeat(MAX_HEAD_LENGTH - line.length - 4)}\r\n\r\n`;
  assertEquals(new RtspMessageParser().push(bytesOf(longest))[0]?.kind, "response");
});

Deno.test("RtspMessageParser keeps nothing of a chunk that its owner writes to again", () => {
  const parser = new RtspMessageParser();
  const chunk = bytesOf("RTSP/1.0 200 OK\r\nCSeq: ");
  parser.push(chunk);
  chunk.fill(0);
  const [item] = parser.push(bytesOf("7\r\n\r\n"));
  assertEquals(item?.kind === "response" && item.headers.get("CSeq"), "7");
});

Deno.test("RtspMessageParser survives 20,000 damages, and what it accepts can be written", () => {
  const random = new SeededRandom(1);
  let broken = 0;
  for (let run = 0; run < 20_000; run++) {
    const bytes = damaged(STREAM, random);
    const cut = random.below(bytes.length + 1);
    const parser = new RtspMessageParser();
    const items = [...parser.push(bytes.subarray(0, cut)), ...parser.push(bytes.subarray(cut))];
    for (const item of items) {
      if (item.kind === "broken") broken++;
      if (item.kind !== "request" && item.kind !== "response") continue;
      const again = new RtspMessageParser().push(serialized(item));
      assertEquals(again, [item]);
    }
  }
  assert(broken > 1000, `only ${broken} runs broke`);
});

Deno.test("RtspMessageParser keeps messages as they came, in every cut, where it is asked to", () => {
  const messages = [
    "RTSP/1.0  200 OK\r\ncseq:1\r\n\r\n",
    "OPTIONS * RTSP/1.0\nCSeq: 2\n\n",
    "RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 4\r\n\r\nv=0\n",
  ];
  const stream = joinBytes(messages.map((text) => joinBytes([bytesOf(text), hex`24 00 00 01 24`])));
  for (const chunks of everyCut(stream)) {
    const parser = new RtspMessageParser({ keepsWire: true });
    const items = chunks.flatMap((chunk) => parser.push(chunk.slice()));
    const wires = items.flatMap((item) => "wire" in item ? [textOf(item.wire ?? NOTHING)] : []);
    assertEquals(wires, messages);
  }
});
