import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { LUMA_QUANTISERS } from "../../lib/jpeg/annex_k.ts";
import { JpegEncoder, type JpegEncoderOptions } from "../../lib/jpeg/jpeg_encoder.ts";
import { scaleQuantisers } from "../../lib/jpeg/scale_quantisers.ts";
import { hex } from "../support/hex.ts";
import { textOf } from "../support/text.ts";

/** A smooth picture of all colours, RGB. */
function smooth(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels[at++] = 128 + 100 * Math.sin(x / 23);
      pixels[at++] = 128 + 100 * Math.cos(y / 19);
      pixels[at++] = 128 + 100 * Math.sin((x + y) / 31);
    }
  }
  return pixels;
}

/** Decodes with libjpeg-turbo's `djpeg`: a PNM file; `undefined` where it is not installed. */
async function decodeElsewhere(jpeg: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const child = new Deno.Command("djpeg", {
      args: ["-dct", "int", "-pnm"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(jpeg.slice());
    await writer.close();
    const { success, stdout, stderr } = await child.output();
    assert(success, textOf(stderr));
    assertEquals(textOf(stderr), "");
    return stdout;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

const HAS_DJPEG = await decodeElsewhere(new JpegEncoder(1, 1).encode(new Uint8Array(3))) !==
  undefined;
// deno-lint-ignore no-console
if (!HAS_DJPEG) console.log("skipped: djpeg of libjpeg-turbo-progs is not installed");

/** Peak signal-to-noise ratio of two pictures of 8-bit samples, in dB. */
function psnr(a: Uint8Array, b: Uint8Array): number {
  assertEquals(a.length, b.length);
  const sum = a.reduce((total, value, i) => total + (value - (b[i] as number)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (sum / a.length));
}

const SHAPES: { name: string; width: number; height: number; options: JpegEncoderOptions }[] = [
  { name: "384 x 288", width: 384, height: 288, options: {} },
  { name: "4:2:2", width: 64, height: 48, options: { sampling: "4:2:2" } },
  { name: "4:4:4", width: 64, height: 48, options: { sampling: "4:4:4" } },
  { name: "1 x 1", width: 1, height: 1, options: {} },
  { name: "17 x 9", width: 17, height: 9, options: {} },
  { name: "17 x 9 in 4:2:2", width: 17, height: 9, options: { sampling: "4:2:2" } },
  { name: "17 x 9 in 4:4:4", width: 17, height: 9, options: { sampling: "4:4:4" } },
  { name: "restart markers", width: 50, height: 200, options: { restartInterval: 3 } },
];
for (const { name, width, height, options } of SHAPES) {
  Deno.test({
    name: `JpegEncoder makes ${name} that libjpeg-turbo shows right`,
    ignore: !HAS_DJPEG,
    fn: async () => {
      const pixels = smooth(width, height);
      const jpeg = new JpegEncoder(width, height, { quality: 90, ...options }).encode(pixels);
      const pnm = await decodeElsewhere(jpeg) as Uint8Array;
      const header = `P6\n${width} ${height}\n255\n`;
      assertEquals(textOf(pnm.subarray(0, header.length)), header);
      assertGreater(psnr(pnm.subarray(header.length), pixels), 35);
    },
  });
}

Deno.test({
  name: "JpegEncoder makes grey that libjpeg-turbo shows right",
  ignore: !HAS_DJPEG,
  fn: async () => {
    const pixels = smooth(33, 31);
    const jpeg = new JpegEncoder(33, 31, { quality: 90, sampling: "grey" }).encode(pixels);
    const pnm = await decodeElsewhere(jpeg) as Uint8Array;
    const luma = Uint8Array.from({ length: 33 * 31 }, (_, i) => {
      const [r, g, b] = pixels.subarray(i * 3, i * 3 + 3);
      return Math.round(0.299 * (r ?? 0) + 0.587 * (g ?? 0) + 0.114 * (b ?? 0));
    });
    assertEquals(textOf(pnm.subarray(0, 13)), "P5\n33 31\n255\n");
    assertGreater(psnr(pnm.subarray(13), luma), 35);
  },
});

Deno.test("JpegEncoder writes the segments of a JFIF file in order", () => {
  const jpeg = new JpegEncoder(17, 9, { quality: 75, restartInterval: 1 }).encode(smooth(17, 9));
  let at = 2;
  const segments: [number, Uint8Array][] = [];
  while (segments.at(-1)?.[0] !== 0xda) {
    assertEquals(jpeg[at], 0xff);
    const length = (jpeg[at + 2] ?? 0) << 8 | (jpeg[at + 3] ?? 0);
    segments.push([jpeg[at + 1] ?? 0, jpeg.subarray(at + 4, at + 2 + length)]);
    at += 2 + length;
  }
  const markers = [0xe0, 0xdb, 0xdb, 0xc0, 0xc4, 0xc4, 0xc4, 0xc4, 0xdd, 0xda];
  assertEquals(segments.map(([marker]) => marker), markers);
  const bodies = segments.map(([, body]) => body);
  assertEquals(bodies[0], hex`4a464946 00  01 02  00 0001 0001  00 00`);
  assertEquals(bodies[1], hex`00 ${scaleQuantisers(LUMA_QUANTISERS, 75)}`);
  assertEquals(bodies[3], hex`08  0009 0011  03  01 22 00  02 11 01  03 11 01`);
  assertEquals(bodies[8], hex`0001`);
  assertEquals(bodies[9], hex`03  01 00  02 11  03 11  00 3f 00`);
  // Two MCUs, one restart between them, then EOI.
  const scan = textOf(jpeg.subarray(at));
  assertEquals(scan.match(/\xff[^\0]/g), ["\xff\xd0", "\xff\xd9"]);
  assertEquals(jpeg.subarray(-2), hex`ff d9`);
});

Deno.test("JpegEncoder makes a white pixel of these very bits", () => {
  const jpeg = new JpegEncoder(1, 1, { quality: 50, sampling: "grey" })
    .encode(Uint8Array.of(255, 255, 255));
  // DC 127 * 8 / 16 = 63.5, to 64: size 7 is 11110, 64 is 1000000; end of block 1010.
  assertEquals(jpeg.subarray(-4), hex`f4 0a  ff d9`);
});

Deno.test("JpegEncoder makes the same picture from RGB, from RGBA and again", () => {
  const rgb = smooth(20, 20);
  const rgba = new Uint8Array(20 * 20 * 4);
  rgb.forEach((value, i) => rgba[Math.floor(i / 3) * 4 + i % 3] = value);
  const encoder = new JpegEncoder(20, 20);
  const jpeg = encoder.encode(rgb);
  const black = encoder.encode(new Uint8Array(20 * 20 * 3));
  assert(black.length < jpeg.length);
  assertEquals(encoder.encode(rgba), jpeg);
});

const REFUSED: [string, () => unknown, string][] = [
  ["a width of 0", () => new JpegEncoder(0, 1), "width is 0, not an integer from 1 to 65535"],
  ["a height of 65536", () => new JpegEncoder(1, 65536), "height is 65536"],
  ["a quality of 100", () => new JpegEncoder(1, 1, { quality: 100 }), "Q is 100"],
  [
    "a broken restart interval",
    () => new JpegEncoder(1, 1, { restartInterval: 0.5 }),
    "restart interval is 0.5, not an integer from 0 to 65535",
  ],
  [
    "pixels of another size",
    () => new JpegEncoder(2, 2).encode(new Uint8Array(13)),
    "13 bytes are neither RGB nor RGBA of 2 x 2 pixels",
  ],
];
for (const [name, make, message] of REFUSED) {
  Deno.test(`JpegEncoder refuses ${name}`, () => {
    assertThrows(make, RangeError, message);
  });
}
