import { assert, assertEquals, assertThrows } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { decodeCoefficients } from "../../lib/jpeg/decode_coefficients.ts";
import { JpegEncoder, type JpegEncoderOptions } from "../../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { transcode } from "../../lib/jpeg/transcode.ts";
import { canCarry } from "../../lib/rtp_jpeg/can_carry.ts";
import { hex } from "../support/hex.ts";
import { greyJpeg, slopes } from "./jpeg_parts.ts";
import { PROGRESSIVE_SAMPLE } from "./progressive_sample.ts";

const encoded = (options: JpegEncoderOptions) =>
  new JpegEncoder(40, 24, options).encode(slopes(40, 24));

/** A JPEG with one byte changed, `after` bytes behind the first place where `pattern` stands. */
function changed(bytes: Uint8Array, pattern: Uint8Array, after: number, value: number): Uint8Array {
  const at = bytes.findIndex((_, start) => pattern.every((byte, i) => bytes[start + i] === byte));
  assert(at >= 0);
  const copy = bytes.slice();
  copy[at + after] = value;
  return copy;
}
const SOF0 = hex`ff c0 00 11`;
/** Cr with luma's quantisers. */
const ODD_CR = changed(encoded({ sampling: "4:2:0" }), SOF0, 18, 0);
/** The longest of luma's DC codes stands for another symbol, as in files with tables of their own. */
const OPTIMISED = changed(encoded({ sampling: "4:2:0" }), hex`ff c4 00 1f 00`, 21 + 11, 12);

/** By whether they are carried as they are. */
const SAMPLES: [string, Uint8Array, boolean][] = [
  ["4:2:0", encoded({ sampling: "4:2:0" }), true],
  ["4:2:2", encoded({ sampling: "4:2:2" }), true],
  ["restart markers", encoded({ restartInterval: 3 }), true],
  ["4:4:4", encoded({ sampling: "4:4:4" }), false],
  ["grey", encoded({ sampling: "grey" }), false],
  ["progressive", PROGRESSIVE_SAMPLE, false],
  ["Cb and Cr with different quantisers", ODD_CR, false],
  ["own Huffman tables", OPTIMISED, false],
];
for (const [name, bytes, isCarried] of SAMPLES) {
  Deno.test(`transcode() carries ${name} with bit-exact luma`, () => {
    const image = parseJpegImage(bytes);
    assertEquals(canCarry(image) === undefined, isCarried);
    const { image: carried, bytes: file } = transcode(image);
    assertEquals(canCarry(carried), undefined);
    assertEquals([carried.length, carried.endsWithEoi], [file.length, true]);
    assertEquals([carried.width, carried.height], [image.width, image.height]);
    const [before, after] = [image, carried].map((i) => decodeCoefficients(i).components[0]);
    assert(before && after);
    assertEquals(after.quantisers, before.quantisers);
    for (let row = 0; row < before.blocksDown; row++) {
      const blocks = (c: typeof before) =>
        c.blocks.subarray(row * c.storedAcross * 64, (row * c.storedAcross + c.blocksAcross) * 64);
      assertEquals(blocks(after), blocks(before));
    }
  });
}

Deno.test("transcode() gives grey constant chroma", () => {
  const { image } = transcode(parseJpegImage(encoded({ sampling: "grey" })));
  for (const chroma of decodeCoefficients(image).components.slice(1)) {
    assertEquals(chroma.blocks, new Int16Array(chroma.blocks.length));
  }
});

Deno.test("transcode() keeps the chroma coefficients of 4:2:2", () => {
  const image = parseJpegImage(PROGRESSIVE_SAMPLE);
  const carried = transcode(image).image;
  assertEquals(carried.components.map((c) => [c.horizontal, c.vertical]), [[2, 1], [1, 1], [1, 1]]);
  const [before, after] = [image, carried].map((i) => decodeCoefficients(i).components);
  assertEquals(after?.[2]?.blocks, before?.[2]?.blocks);
});

const SOF = (sampling: Uint8Array) =>
  hex`ff c0 00 11 08 00 08 00 08 03
    52 ${sampling.subarray(0, 1)} 00  47 ${sampling.subarray(1, 2)} 00  42 11 00`;
const SOS = hex`ff da 00 0c 03  52 00 47 00 42 00  00 3f 00`;
const REFUSED: [string, Uint8Array, string][] = [
  ["R, G, B", greyJpeg({ sof: SOF(hex`11 11`), sos: SOS }), "its components are R, G, B"],
  [
    "luma with fewer samples than chroma",
    greyJpeg({
      sof: joinBytes([hex`ff e0 00 07 4a 46 49 46 00`, SOF(hex`11 21`)]),
      sos: SOS,
    }),
    "luma has fewer samples than chroma",
  ],
];
for (const [name, bytes, message] of REFUSED) {
  Deno.test(`transcode() refuses ${name}`, () => {
    assertThrows(() => transcode(parseJpegImage(bytes)), WireError, message);
  });
}

const MOVIE = new URL("../../../shared/media/movie.Mjpeg", import.meta.url);

/** The movie of the exercise, or `undefined` where there is no folder `shared` beside the project. */
function readMovie(): Uint8Array | undefined {
  try {
    return Deno.readFileSync(MOVIE);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
const movie = readMovie();

Deno.test({
  name: "transcode() carries the exercise's movie (needs ../shared/media/movie.Mjpeg)",
  ignore: movie === undefined,
  fn: () => {
    let frames = 0;
    for (let at = 0; movie !== undefined && at < movie.length; frames++) {
      const length = Number(new TextDecoder().decode(movie.subarray(at, at + 5)));
      const frame = movie.subarray(at + 5, at + 5 + length);
      at += 5 + length;
      if (frames % 20 > 0) continue;
      const image = parseJpegImage(frame);
      assert(canCarry(image) !== undefined); // 4:4:4
      const carried = transcode(image);
      assertEquals(canCarry(carried.image), undefined);
      assert(carried.bytes.length < frame.length, `frame ${frames} grew`);
      assertEquals(
        decodeCoefficients(carried.image).components[0]?.blocks,
        decodeCoefficients(image).components[0]?.blocks,
      );
    }
    assertEquals(frames, 500);
  },
});
