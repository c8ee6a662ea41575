import { assert, assertEquals, assertThrows } from "@std/assert";
import { ByteReader } from "../../lib/bytes/byte_reader.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { JpegEncoder } from "../../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { JpegDepacketizer } from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { serializeQuantiserHeader } from "../../lib/rtp_jpeg/quantiser_header.ts";
import { QuantiserSource } from "../../lib/rtp_jpeg/quantiser_source.ts";

const header = (value: number) =>
  serializeQuantiserHeader([{ precision: 8, values: new Uint16Array(64).fill(value) }]);
const read = (source: QuantiserSource, bytes: Uint8Array) =>
  source.read(new ByteReader("test", bytes), bytes);

Deno.test("QuantiserSource.read() gives the same tables for the same bytes, and others for others", () => {
  const source = new QuantiserSource();
  const first = read(source, header(16));
  assert(read(source, header(16)) === first);
  const other = read(source, header(17));
  assertEquals(other[0]?.values[63], 17);
  assertEquals(first[0]?.values[63], 16);
  assertEquals(read(source, header(16)), first);
  assertThrows(() => read(source, header(16).subarray(0, 40)), WireError);
  const zeros = header(1);
  zeros[40] = 0;
  assertThrows(() => read(source, zeros), WireError);
});

Deno.test("JpegDepacketizer writes each frame's own tables, size and sampling", () => {
  const shapes = [
    { width: 32, height: 16, quality: 50 },
    { width: 32, height: 16, quality: 50 },
    { width: 32, height: 16, quality: 80 },
    { width: 48, height: 16, quality: 80 },
    { width: 32, height: 16, quality: 50 },
  ];
  const frames = shapes.map(({ width, height, quality }) => {
    const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => i * 7 & 0xff);
    const jpeg = new JpegEncoder(width, height, { quality }).encode(pixels);
    return packetizeJpeg(parseJpegImage(jpeg), 1400).payloads;
  });
  const files = (depacketizer: () => JpegDepacketizer) =>
    frames.flatMap((payloads, index) => {
      const one = depacketizer();
      return payloads.flatMap((payload, at) => {
        const marker = at === payloads.length - 1;
        const outputs = one.push({ payload, timestamp: index * 3600, marker }, 0);
        return outputs.map((output) => output.kind === "frame" ? output.jpeg : output.reason);
      });
    });
  const together = new JpegDepacketizer();
  assertEquals(files(() => together), files(() => new JpegDepacketizer()));
});
