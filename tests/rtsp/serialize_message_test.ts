import { assertEquals, assertThrows } from "@std/assert";
import { isHeaderValue } from "../../lib/rtsp/header_value.ts";
import { serializeInterleaved, writeInterleavedHeader } from "../../lib/rtsp/interleaved_block.ts";
import type { RtspResponse } from "../../lib/rtsp/message.ts";
import { RtspHeaders } from "../../lib/rtsp/rtsp_headers.ts";
import { serializeRequest, serializeResponse } from "../../lib/rtsp/serialize_message.ts";
import { reasonOf, RTSP_STATUS } from "../../lib/rtsp/status.ts";
import { hex } from "../support/hex.ts";
import { bytesOf, textOf } from "../support/text.ts";

const OK: RtspResponse = {
  kind: "response",
  version: "RTSP/1.0",
  status: 200,
  reason: "OK",
  headers: new RtspHeaders([["CSeq", "1"]]),
  body: new Uint8Array(),
};

Deno.test("serializeResponse() adds Content-Length to a body, in bytes", () => {
  assertEquals(
    serializeResponse({ ...OK, body: bytesOf("ä") }),
    bytesOf("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 2\r\n\r\nä"),
  );
});

const BAD: [name: string, response: RtspResponse, message: string][] = [
  ["NUL echoed in CSeq", { ...OK, headers: new RtspHeaders([["CSeq", "1\0"]]) }, "value of CSeq"],
  ["CR LF in a value", { ...OK, headers: new RtspHeaders([["X", "a\r\nb: c"]]) }, "value of X"],
  ["a space in a name", { ...OK, headers: new RtspHeaders([["X y", ""]]) }, 'header name "X y"'],
  ["status 600", { ...OK, status: 600 }, 'status "600"'],
  ["LF in the reason", { ...OK, reason: "a\nb" }, "reason"],
  [
    "a Content-Length that is not the body's",
    { ...OK, headers: new RtspHeaders([["content-length", "3"]]) },
    "Content-Length 3 contradicts a body of 0 bytes",
  ],
];
for (const [name, response, message] of BAD) {
  Deno.test(`known hole: serializeResponse() refuses ${name} as our bug`, () => {
    assertThrows(() => serializeResponse(response), RangeError, message);
  });
}

Deno.test("serializeRequest() refuses methods and URIs that are none", () => {
  const request = { ...OK, kind: "request", method: "PLAY", uri: "*" } as const;
  assertEquals(textOf(serializeRequest(request)), "PLAY * RTSP/1.0\r\nCSeq: 1\r\n\r\n");
  assertThrows(() => serializeRequest({ ...request, method: "A B" }), RangeError, "method");
  assertThrows(() => serializeRequest({ ...request, uri: "a\r\nb" }), RangeError, "URI");
  assertThrows(() => serializeRequest({ ...request, uri: "" }), RangeError, "URI");
});

Deno.test("isHeaderValue() knows what may be echoed", () => {
  for (const text of ["", "a\tb", "ä", "1"]) assertEquals(isHeaderValue(text), true);
  for (const text of ["\0", "a\nb", "a\r", " a", "a ", "\x7f"]) {
    assertEquals(isHeaderValue(text), false);
  }
});

Deno.test("§10.12 writeInterleavedHeader() writes $, channel and 16-bit length", () => {
  const buffer = new Uint8Array(6);
  writeInterleavedHeader(buffer, 1, 255, 0xfffe);
  assertEquals(buffer, hex`00 24 ff ff fe 00`);
  assertThrows(() => writeInterleavedHeader(buffer, 0, 256, 1), RangeError, "channel 256");
  assertThrows(() => writeInterleavedHeader(buffer, 0, 0, 65536), RangeError, "length 65536");
  assertThrows(() => writeInterleavedHeader(buffer, 3, 0, 0), RangeError);
  assertEquals(serializeInterleaved(0, hex`80`), hex`24 00 00 01 80`);
});

Deno.test("§11.3 RTSP_STATUS has all codes of RTSP 1.0", () => {
  const codes = [405, 451, 453, 454, 455, 456, 457, 459, 460, 461, 462, 501, 505, 551];
  for (const code of codes) assertEquals(RTSP_STATUS.has(code), true);
  assertEquals(RTSP_STATUS.size, 44);
  assertEquals([reasonOf(551), reasonOf(299), reasonOf(999)], [
    "Option not supported",
    "Success",
    "Unknown",
  ]);
});
