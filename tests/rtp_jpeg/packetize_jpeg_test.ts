import { assert, assertEquals, assertThrows } from "@std/assert";
import type { JpegImage, JpegScan } from "../../lib/jpeg/jpeg_image.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { hex } from "../support/hex.ts";
import { madeImage } from "./made_jpegs.ts";

/** The picture of a size with scan data of our choice. */
function imageOf(
  width: number,
  height: number,
  entropy: Uint8Array,
  options: { sampling?: "4:2:2"; restartInterval?: number } = {},
): JpegImage {
  const image = madeImage(16, 16, { ...options, quality: 50 });
  const [scan] = image.scans as readonly [JpegScan];
  return { ...image, width, height, scans: [{ ...scan, entropy }] };
}

const ANNEX_K_TABLES = hex`
  # Q 50: table K.1 of T.81 in zig-zag order
  10 0b 0c 0e 0c 0a 10 0e  0d 0e 12 11 10 13 18 28
  1a 18 16 16 18 31 23 25  1d 28 3a 33 3d 3c 39 33
  38 37 40 48 5c 4e 40 44  57 45 37 38 50 6d 51 57
  5f 62 67 68 67 3e 4d 71  79 70 64 78 5c 65 67 63
  # table K.2 in zig-zag order
  11 12 12 18 15 18 2f 1a  1a 2f 63 42 38 42 63 63
  63 63 63 63 63 63 63 63  63 63 63 63 63 63 63 63
  63 63 63 63 63 63 63 63  63 63 63 63 63 63 63 63
  63 63 63 63 63 63 63 63  63 63 63 63 63 63 63 63`;

Deno.test("packetizeJpeg() carries baseline 4:2:0 as type 1, Q 255, 128-byte tables, without EOI", () => {
  const frame = packetizeJpeg(imageOf(384, 288, hex`11 22 33 ff 00 44`));
  assertEquals(frame, {
    payloads: [hex`
      00  00 00 00   # type-specific, fragment offset
      01             # type 1: 4:2:0
      ff             # Q 255: tables in this frame
      30 24          # 384 x 288
      00 00 00 80    # MBZ, precision 0: 8 bits, 128 bytes of tables
      ${ANNEX_K_TABLES}
      11 22 33 ff 00 44`],
    octets: 146,
    markLast: true,
    sequenceStep: "each",
  });
});

Deno.test("packetizeJpeg() carries baseline 4:2:2 as type 0", () => {
  const { payloads } = packetizeJpeg(imageOf(384, 288, hex`11`, { sampling: "4:2:2" }));
  assertEquals(payloads[0]?.subarray(0, 12), hex`00 000000 00 ff 30 24  00 00 00 80`);
});

Deno.test("packetizeJpeg() sends a restart header in every packet, tables in the first", () => {
  const entropy = Uint8Array.from({ length: 300 }, (_, i) => i);
  const image = imageOf(384, 288, entropy, { restartInterval: 24 });
  const { payloads, octets } = packetizeJpeg(image, 192);
  assertEquals(payloads, [
    hex`
      00  00 00 00
      41             # type 65: 4:2:0 with restart markers
      ff  30 24
      00 18          # restart interval of 24 MCUs
      ff ff          # F=1 L=1, count 0x3fff: whole frames only
      00 00 00 80 ${ANNEX_K_TABLES}
      ${entropy.subarray(0, 36)}`,
    hex`
      00  00 00 24   # fragment offset 36
      41  ff  30 24
      00 18  ff ff
      ${entropy.subarray(36, 204)}`,
    hex`
      00  00 00 cc   # fragment offset 204
      41  ff  30 24
      00 18  ff ff
      ${entropy.subarray(204)}`,
  ]);
  assertEquals(octets, 300 + 3 * 12 + 132);
});

const SIZES: [string, number, number, Uint8Array][] = [
  ["not a multiple of 8", 636, 478, hex`50 3c # 640 x 480`],
  ["1600 x 900", 1600, 900, hex`c8 71 # 1600 x 904`],
  ["1 x 1", 1, 1, hex`01 01`],
  ["2040 x 2040, the largest", 2040, 2040, hex`ff ff`],
  ["2033 x 2039", 2033, 2039, hex`ff ff`],
];
for (const [name, width, height, blocks] of SIZES) {
  Deno.test(`packetizeJpeg() rounds the size up in the header: ${name}`, () => {
    const { payloads, firstHasExtension } = packetizeJpeg(imageOf(width, height, hex`11`));
    assertEquals(payloads[0]?.subarray(6, 8), blocks);
    assertEquals(firstHasExtension, undefined);
  });
}

const LARGE: [string, number, number, Uint8Array][] = [
  ["wider than 2040", 2048, 1152, hex`04 80  08 00 # height 1152, width 2048`],
  ["higher than 2040", 8, 2041, hex`07 f9  00 08 # height 2041, width 8`],
];
for (const [name, width, height, size] of LARGE) {
  Deno.test(`packetizeJpeg() sends W=H=0 and the ONVIF header extension for ${name}`, () => {
    const frame = packetizeJpeg(imageOf(width, height, Uint8Array.from({ length: 2000 }, () => 1)));
    assertEquals(
      frame.payloads[0]?.subarray(0, 32),
      hex`
        ff d8          # profile: JPEG header extension, first packet of a frame
        00 05          # five 32-bit words
        ff c0 00 11    # SOF0, its length
        08 ${size}     # 8 bits
        03             # three components
        01 22 00       # Y: 2x2, table 0
        02 11 01       # Cb: 1x1, table 1
        03 11 01       # Cr
        ff             # padding
        00 00 00 00 01 ff 00 00   # main header: 0 x 0`,
    );
    assertEquals(frame.payloads[1]?.subarray(0, 8), hex`00 0004c8 01 ff 00 00 # offset 1224`);
    assertEquals(frame.firstHasExtension, true);
    assertEquals(frame.octets, 2000 + 8 + 132 + 8);
  });
}

Deno.test("packetizeJpeg() sends two quantiser tables in the order of SOF0, whatever their slots", () => {
  const image = imageOf(16, 16, hex`11`);
  const [luma, chroma] = [image.quantisers.get(0), image.quantisers.get(1)];
  assert(luma !== undefined && chroma !== undefined);
  const moved = {
    ...image,
    components: image.components.map((c, index) => ({ ...c, quantiser: index === 0 ? 3 : 2 })),
    quantisers: new Map([[0, chroma], [2, chroma], [3, luma]]),
  };
  assertEquals(packetizeJpeg(moved), packetizeJpeg(image));
  const one = {
    ...image,
    components: image.components.map((c) => ({ ...c, quantiser: 0 })),
    quantisers: new Map([[0, luma]]),
  };
  const bytes = packetizeJpeg(one).payloads[0];
  assertEquals(bytes?.subarray(12, 76), bytes?.subarray(76, 140));
});

Deno.test("packetizeJpeg() gives payloads memory of their own", () => {
  const entropy = hex`11 22`;
  const { payloads } = packetizeJpeg(imageOf(16, 16, entropy));
  entropy.fill(0);
  assertEquals(payloads[0]?.subarray(-2), hex`11 22`);
});

for (const size of [0, 64, 191, 65_508, 1400.5, NaN]) {
  Deno.test(`packetizeJpeg() refuses packets of ${size} bytes`, () => {
    assertThrows(
      () => packetizeJpeg(imageOf(16, 16, hex`11`), size),
      RangeError,
      `Cannot packetize JPEG: packet size is ${size}, 192 to 65507 is wanted`,
    );
  });
}
