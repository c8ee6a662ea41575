import { assertEquals } from "@std/assert";
import { type Container, sniffContainer } from "../../lib/movie/sniff_container.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";

const HEADS: [string, Uint8Array, Container["kind"]][] = [
  ["five digits and a JPEG", hex`${bytesOf("08534")} ff d8 ff e0`, "lab-framing"],
  ["ten digits, five digits and a JPEG", bytesOf("0000000500085"), "lab-framing"],
  ["five digits, no JPEG: a broken one", bytesOf("12345 potatoes"), "lab-framing"],
  ["a JPEG", hex`ff d8 ff e0 00 10`, "jpeg-stream"],
  ["an AVI", bytesOf("RIFF\n\0\0\0AVI LIST"), "avi"],
  ["another RIFF file", bytesOf("RIFF\n\0\0\0WAVEfmt "), "unknown"],
  ["an MP4", bytesOf("\0\0\0\x20ftypisom"), "mp4"],
  ["a MOV", bytesOf("\0\0\0\x08wide\0\0\0\0mdat"), "mp4"],
  ["a multipart dump", bytesOf("--boundary\r\nCont"), "multipart"],
  ["a multipart dump behind a line end", bytesOf("\r\n--frame\r\n"), "multipart"],
  ["a multipart dump with its HTTP head", bytesOf("HTTP/1.0 200 OK\r\n"), "multipart"],
  ["a web page", bytesOf("<html>"), "unknown"],
  ["four digits", bytesOf("0853"), "unknown"],
  ["nothing", hex``, "unknown"],
];
for (const [name, head, kind] of HEADS) {
  Deno.test(`sniffContainer() tells ${name}: ${kind}`, () => {
    assertEquals(sniffContainer(head), { kind } as Container);
  });
}

Deno.test("sniffContainer() has an answer for any bytes", () => {
  const random = new SeededRandom(3);
  for (let run = 0; run < 20_000; run++) {
    const head = Uint8Array.from({ length: random.below(20) }, () => random.below(256));
    assertEquals(typeof sniffContainer(head).kind, "string");
  }
});
