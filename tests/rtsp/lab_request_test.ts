import { assertEquals, assertThrows } from "@std/assert";
import { parseLabRequest, serializeLabRequest } from "../../lib/rtsp/lab_request.ts";
import { RtspSyntaxError } from "../../lib/rtsp/rtsp_syntax_error.ts";
import { textOf } from "../support/text.ts";
import { LAB_REQUESTS } from "./lab_requests.ts";

for (const { name, text, request } of LAB_REQUESTS) {
  Deno.test(`parseLabRequest() reads ${name}`, () => {
    assertEquals(parseLabRequest(text.split(/\r?\n/)), request);
  });
}

Deno.test("serializeLabRequest() writes the stock client's exact bytes", () => {
  for (const { name, text, request } of LAB_REQUESTS) {
    if (!name.startsWith("stock ")) continue;
    assertEquals(textOf(serializeLabRequest(request)), text);
  }
});

Deno.test("serializeLabRequest() writes session 0 where there is none", () => {
  assertEquals(
    textOf(serializeLabRequest({ method: "DESCRIBE", file: "a", cseq: 1 })),
    "DESCRIBE a RTSP/1.0\nCSeq: 1\nSession: 0",
  );
});

const REFUSED: [name: string, lines: string[], message: string][] = [
  ["nothing", [], 'line 1 "" starts with no method'],
  ["no CSeq", ["PLAY a RTSP/1.0"], 'line 2 "" holds no CSeq'],
  ["CSeq without digits", ["PLAY a RTSP/1.0", "CSeq: x"], 'line 2 "CSeq: x" holds no CSeq'],
  ["a huge CSeq", ["PLAY a RTSP/1.0", "CSeq: 12345678901"], "1 to 10 digits"],
  ["port 0", ["SETUP a RTSP/1.0", "CSeq: 1", "T: RTP/UDP; client_port= 0"], 'port "0" is not'],
  ["port 65536", ["SETUP a", "1", " RTSP/1.0 RTP/UDP 65536"], 'port "65536" is not 1 to 65535'],
];
for (const [name, lines, message] of REFUSED) {
  Deno.test(`known hole: parseLabRequest() refuses ${name}`, () => {
    assertThrows(() => parseLabRequest(lines), RtspSyntaxError, message);
  });
}

Deno.test("parseLabRequest() finds no port where there is none", () => {
  for (
    const third of ["Transport: RTP/UDP", " RTSP/1.0", "Transport: RTP/AVP/TCP;interleaved=0-1"]
  ) {
    const request = parseLabRequest(["SETUP a RTSP/1.0", "CSeq: 1", third]);
    assertEquals(request.clientPort, undefined);
  }
});

Deno.test("serializeLabRequest() refuses what would break the dialect", () => {
  const good = { method: "SETUP", file: "a", cseq: 1, clientPort: 5 };
  const { clientPort: _port, ...portless } = good;
  assertThrows(() => serializeLabRequest({ ...good, file: "a\nb" }), RangeError, "file name");
  assertThrows(() => serializeLabRequest({ ...good, file: "" }), RangeError, "file name");
  assertThrows(() => serializeLabRequest({ ...good, clientPort: 0 }), RangeError, "port 0");
  assertThrows(() => serializeLabRequest(portless), RangeError, "port undefined");
  assertThrows(() => serializeLabRequest({ ...good, file: "a".repeat(250) }), RangeError, "bytes");
  assertThrows(() => serializeLabRequest({ ...good, method: "A B" }), RangeError, "no word");
});
