import { assertEquals } from "@std/assert";
import { LAB_VARIANTS, STOCK_VARIANT } from "./lab_variants.ts";
import { textOf } from "./text.ts";

/** By name: SETUP, PLAY of a variant, both written out. */
const EXACT: Readonly<Record<string, readonly [setup: string, play: string]>> = {
  "is the stock one": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
  ],
  "ends its requests with LF": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000\n",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166\n",
  ],
  "ends its requests with LF LF": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000\n\n",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166\n\n",
  ],
  "parts lines by CRLF and ends with none": [
    "SETUP movie.Mjpeg RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\r\nCSeq: 2\r\nSession: 115166",
  ],
  "ends each line with CRLF, without a blank line": [
    "SETUP movie.Mjpeg RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/UDP; client_port= 25000\r\n",
    "PLAY movie.Mjpeg RTSP/1.0\r\nCSeq: 2\r\nSession: 115166\r\n",
  ],
  "ends each line with CRLF, with a blank line": [
    "SETUP movie.Mjpeg RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/UDP; client_port= 25000\r\n\r\n",
    "PLAY movie.Mjpeg RTSP/1.0\r\nCSeq: 2\r\nSession: 115166\r\n\r\n",
  ],
  "writes header names in capitals": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTRANSPORT: RTP/UDP; Client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSESSION: 115166",
  ],
  "asks for TCP/UDP with spaces around each sign": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: TCP/UDP ; client_port = 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
  ],
  "misspells CSeq as SEeq": [
    "SETUP movie.Mjpeg RTSP/1.0\nSEeq: 1\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nSEeq: 2\nSession: 115166",
  ],
  "has a space behind line 1": [
    "SETUP movie.Mjpeg RTSP/1.0 \nCSeq: 1\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0 \nCSeq: 2\nSession: 115166",
  ],
  "counts CSeq from 0": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 0\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 1\nSession: 115166",
  ],
  "counts CSeq from 1 at each SETUP": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
  ],
  "hides client_port behind Session": [
    "SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nSession: 0; client_port= 25000",
    "PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
  ],
  "names a URL, not a file": [
    "SETUP rtsp://127.0.0.1:8554/movie.Mjpeg RTSP/1.0\nCSeq: 1\n" +
    "Transport: RTP/UDP; client_port= 25000",
    "PLAY rtsp://127.0.0.1:8554/movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 115166",
  ],
  "has the old form": ["SETUP movie.Mjpeg\n1\n RTSP/1.0 RTP/UDP 25000", "PLAY \n2"],
  "has the old form with Cseq after SETUP": [
    "SETUP movie.Mjpeg\n1\n RTSP/1.0 RTP/UDP 25000",
    "PLAY \nCseq: 2",
  ],
  "has the old form with Cseq throughout": [
    "SETUP movie.Mjpeg\nCseq: 1\n RTSP/1.0 RTP/UDP 25000",
    "PLAY \nCseq: 2",
  ],
};

Deno.test("LAB_VARIANTS names each variant once, and each is written out here", () => {
  assertEquals(LAB_VARIANTS.map(({ name }) => name), Object.keys(EXACT));
});

for (const variant of LAB_VARIANTS) {
  const { name, firstCseq } = variant;
  const [setup, play] = EXACT[name] ?? ["", ""];

  Deno.test(`LAB_VARIANTS has the bytes of a client that ${name}`, () => {
    assertEquals(textOf(variant.setup("movie.Mjpeg", 25000)), setup);
    const args = ["movie.Mjpeg", firstCseq + 1, "115166"] as const;
    assertEquals(textOf(variant.play(...args)), play);
    assertEquals(textOf(variant.pause(...args)), play.replace("PLAY", "PAUSE"));
    assertEquals(textOf(variant.teardown(...args)), play.replace("PLAY", "TEARDOWN"));
    if (variant.describe === undefined) return;
    assertEquals(textOf(variant.describe(...args)), play.replace("PLAY", "DESCRIBE"));
  });
}

Deno.test("STOCK_VARIANT sends the CSeq that it is given, also in SETUP", () => {
  assertEquals(textOf(STOCK_VARIANT.setup("a", 9, 7)).split("\n")[1], "CSeq: 7");
});
