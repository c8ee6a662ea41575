import { assertEquals, assertThrows } from "@std/assert";
import { parseStockReply, StockClientDied } from "./stock_reply.ts";

const SUITS: readonly (readonly [what: string, text: string])[] = [
  ["the stock reply", "RTSP/1.0 200 OK\nCSeq: 2\nSession: 115166"],
  [
    "CRLF, more headers and a blank line",
    "RTSP/1.0 200 OK\r\nCSeq: 2\r\nSession: 115166\r\nServer: x\r\n\r\n",
  ],
  ["leading zeros and signs, as int() does", "RTSP/1.0 +200 OK\nCSeq: 02\nSession: 115_166"],
];

for (const [what, text] of SUITS) {
  Deno.test(`parseStockReply() reads ${what}`, () => {
    assertEquals(parseStockReply(text, 2), { status: 200, cseq: 2, session: "115166", text });
  });
}

Deno.test("parseStockReply() ignores a reply to another request, whatever follows", () => {
  assertEquals(parseStockReply("RTSP/1.0 200 OK\nCSeq: 1\nSession: f00", 2), undefined);
});

const KILLS: readonly (readonly [what: string, text: string, why: string])[] = [
  [
    "a header between CSeq and Session",
    "RTSP/1.0 200 OK\nCSeq: 2\nPublic: PLAY\nSession: 1",
    'ValueError: int("PLAY") on line 3',
  ],
  ["a timeout", "RTSP/1.0 200 OK\nCSeq: 2\nSession: 1;timeout=60", 'int("1;timeout=60")'],
  ["a hexadecimal session", "RTSP/1.0 200 OK\nCSeq: 2\nSession: 1f", 'ValueError: int("1f")'],
  ["CSeq without the space", "RTSP/1.0 200 OK\nCSeq:2\nSession: 1", "no second word on line 2"],
  ["no session", "RTSP/1.0 404 Not Found\r\nCSeq: 2\r\n\r\n", "no second word on line 3"],
  ["the first part of a split reply", "RTSP/1.0 200 OK\n", "no second word on line 2"],
  ["nothing but a blank", "RTSP/1.0 200 OK\nCSeq: \nSession: 1", 'int("") on line 2'],
];

for (const [what, text, why] of KILLS) {
  Deno.test(`parseStockReply() dies of ${what}`, () => {
    assertThrows(() => parseStockReply(text, 2), StockClientDied, why);
  });
}
