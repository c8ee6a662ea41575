import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { CHROMA_AC_TABLE, LUMA_DC_TABLE } from "../../lib/jpeg/annex_k.ts";
import { readJpegDimensions } from "../../lib/jpeg/jpeg_dimensions.ts";
import { JpegEncoder } from "../../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { GREY_PARTS, greyJpeg, slopes } from "./jpeg_parts.ts";
import { PROGRESSIVE_SAMPLE } from "./progressive_sample.ts";

const COLOUR = new JpegEncoder(20, 10, { restartInterval: 1 }).encode(slopes(20, 10));

Deno.test("parseJpegImage() takes a grey JPEG without DHT apart, with Annex K's tables", () => {
  const image = parseJpegImage(joinBytes([greyJpeg(), hex`00 00`]));
  const { scans: [scan], quantisers, ...rest } = image;
  assertEquals(rest, {
    process: "baseline",
    precision: 8,
    width: 8,
    height: 8,
    components: [{ id: 7, horizontal: 1, vertical: 1, quantiser: 0 }],
    endsWithEoi: true,
    length: greyJpeg().length,
  });
  assertEquals(quantisers, new Map([[0, { precision: 8, values: new Uint16Array(64).fill(2) }]]));
  assertEquals(scan?.components, [{ component: 0, dc: 0, ac: 0 }]);
  assertEquals(scan?.entropy, GREY_PARTS.entropy);
  assertStrictEquals(scan?.dcTables.get(0), LUMA_DC_TABLE);
  assertStrictEquals(scan?.acTables.get(1), CHROMA_AC_TABLE);
});

Deno.test("parseJpegImage() gives the restart interval and keeps RST in the entropy", () => {
  const { scans: [scan], width, height } = parseJpegImage(COLOUR);
  assertEquals([width, height, scan?.restartInterval], [20, 10, 1]);
  assertEquals(scan?.entropy.subarray(-2).length, 2);
  assertEquals(scan?.entropy.includes(0xff), true);
  assertStrictEquals(scan?.dcTables.get(0), LUMA_DC_TABLE); // equal ones are the same object
});

Deno.test("parseJpegImage() gives all scans of a progressive JPEG", () => {
  const { process, scans } = parseJpegImage(PROGRESSIVE_SAMPLE);
  assertEquals(process, "progressive");
  assertEquals(
    scans.map((s) => [s.spectralStart, s.spectralEnd, s.approximationHigh, s.approximationLow]),
    [
      ...[[0, 0, 0, 1], [1, 5, 0, 2], [1, 63, 0, 1], [1, 63, 0, 1], [6, 63, 0, 2]],
      ...[[1, 63, 2, 1], [0, 0, 1, 0], [1, 63, 1, 0], [1, 63, 1, 0], [1, 63, 1, 0]],
    ],
  );
});

const CUT_OFF: [string, Uint8Array, Uint8Array][] = [
  ["without EOI", greyJpeg({ eoi: hex`` }), GREY_PARTS.entropy],
  ["with half of EOI", greyJpeg({ eoi: hex`ff` }), GREY_PARTS.entropy],
  ["without entropy-coded data", greyJpeg({ entropy: hex``, eoi: hex`` }), hex``],
];
for (const [name, bytes, entropy] of CUT_OFF) {
  Deno.test(`parseJpegImage() accepts a JPEG ${name}`, () => {
    const { endsWithEoi, length, scans } = parseJpegImage(bytes);
    assertEquals([endsWithEoi, length], [false, bytes.length]);
    assertEquals(scans[0]?.entropy, entropy);
  });
}

const ADOBE = (transform: number) =>
  hex`ff ee 00 0e 41 64 6f 62 65 00 64 00 00 00 00 ${Uint8Array.of(transform)}`;
const RGB_SOF = hex`ff c0 00 11 08 00 08 00 08 03  52 11 00  47 11 00  42 11 00`;
const YCC_SOF = hex`ff c0 00 11 08 00 08 00 08 03  01 11 00  02 11 00  03 11 00`;
const RGB_SOS = hex`ff da 00 0c 03  52 00 47 00 42 00  00 3f 00`;
const YCC_SOS = hex`ff da 00 0c 03  01 00 02 00 03 00  00 3f 00`;
const JFIF = hex`ff e0 00 10 4a 46 49 46 00 01 02 00 00 01 00 01 00 00`;
const COLOURS: [string, Partial<typeof GREY_PARTS>, true | undefined][] = [
  ["ids R, G, B", { sof: RGB_SOF, sos: RGB_SOS }, true],
  ["ids 1, 2, 3", { sof: YCC_SOF, sos: YCC_SOS }, undefined],
  ["Adobe's transform 0", { sof: joinBytes([ADOBE(0), YCC_SOF]), sos: YCC_SOS }, true],
  ["Adobe's transform 1", { sof: joinBytes([ADOBE(1), RGB_SOF]), sos: RGB_SOS }, undefined],
  ["JFIF", { soi: joinBytes([hex`ff d8`, JFIF]), sof: RGB_SOF, sos: RGB_SOS }, undefined],
];
for (const [name, parts, rgb] of COLOURS) {
  Deno.test(`parseJpegImage() tells R, G, B from Y, Cb, Cr by ${name}`, () => {
    assertEquals(parseJpegImage(greyJpeg(parts)).rgb, rgb);
  });
}

const sof = (marker: number, ...change: [at: number, value: number][]) => {
  const bytes = GREY_PARTS.sof.slice();
  bytes[1] = marker;
  for (const [at, value] of change) bytes[at] = value;
  return greyJpeg({ sof: bytes });
};
const before = (segment: Uint8Array) => greyJpeg({ soi: joinBytes([hex`ff d8`, segment]) });
const REFUSED: [string, Uint8Array, string][] = [
  ["nothing", hex``, "Cannot parse JPEG: marker needs 1 byte, 0 are left (byte 0 of 0)"],
  ["PNG", hex`89 50 4e 47`, "0x89 is no marker, 0xFF is wanted (byte 0 of 4: 89 50 4e 47)"],
  ["no SOI", hex`ff d9`, "does not start with SOI"],
  ["an early EOI", hex`ff d8 ff d9`, "there is no scan before EOI"],
  ["a second SOI", before(hex`ff d8`), "marker 0xFFD8 has no place here (byte 2 of"],
  ["a stuffed byte for a marker", before(hex`ff 00`), "a stuffed byte stands where"],
  ["a segment length of 0", before(hex`ff e0 00 00`), "segment has the length 0"],
  ["a segment over the end", hex`ff d8 ff e0 00 09 01`, "segment needs 7 bytes, 1 is left"],
  ["lossless", sof(0xc3), "lossless JPEG (SOF3) is not supported"],
  ["hierarchical", sof(0xc5), "hierarchical JPEG (SOF5) is not supported"],
  ["arithmetic", sof(0xc9), "arithmetic JPEG (SOF9) is not supported"],
  ["arithmetic conditioning", before(hex`ff cc 00 02`), "arithmetic JPEG (DAC)"],
  ["a hierarchical header", before(hex`ff de 00 02`), "hierarchical JPEG is not supported"],
  ["12 bits", sof(0xc1, [4, 12]), "12-bit samples are not supported"],
  ["height 0", sof(0xc0, [6, 0]), "height 0 (given by DNL) is not supported"],
  ["width 0", sof(0xc0, [8, 0]), "width is 0"],
  ["four components", sof(0xc0, [9, 4]), "4 components are not supported, only 1 and 3"],
  ["two components", sof(0xc0, [9, 2]), "2 components are not supported"],
  ["sampling 0 x 1", sof(0xc0, [11, 0x01]), "sampling is 0x1, 1 to 4 is wanted"],
  ["quantiser table 4", sof(0xc0, [12, 4]), "quantiser table number is 4"],
  ["a SOF that is too long", sof(0xc0, [3, 12]), "SOF has 1 byte behind its last field"],
  ["too many samples", sof(0xc0, [5, 255], [7, 255]), "samples, at most 67108864 fit"],
  ["two frames", greyJpeg({ sof: joinBytes([GREY_PARTS.sof, GREY_PARTS.sof]) }), "a second frame"],
  ["no quantisers", greyJpeg({ dqt: hex`` }), "scan needs quantiser table 0, which is missing"],
  [
    "a quantiser 0",
    before(hex`ff db 00 43 00 ${new Uint8Array(64)}`),
    "quantiser 0 of table 0 is 0",
  ],
  ["quantiser precision 2", before(hex`ff db 00 43 20`), "quantiser precision is 2"],
  ["a short DHT", before(hex`ff c4 00 03 00 ${new Uint8Array(16)}`), "DHT says 16 bytes less"],
  ["Huffman class 2", before(hex`ff c4 00 13 20`), "Huffman table class is 2"],
  [
    "three codes of a bit",
    before(hex`ff c4 00 16 00 03 ${new Uint8Array(15)} 01 02 03`),
    "Huffman table has too many codes of 1 bits",
  ],
  [
    "a DC symbol of 16",
    before(hex`ff c4 00 14 00 01 ${new Uint8Array(15)} 10`),
    "DC table 0 has the symbol 16, over 15",
  ],
  ["a scan before the frame", greyJpeg({ sof: hex`` }), "a scan stands before the frame header"],
  [
    "a scan of a foreign component",
    greyJpeg({ sos: hex`ff da 00 08 01 08 00 00 3f 00` }),
    "scan has component 8, which the frame has not",
  ],
  [
    "a scan with a missing table",
    greyJpeg({ sos: hex`ff da 00 08 01 07 22 00 3f 00` }),
    "scan needs DC Huffman table 2, which is missing",
  ],
  [
    "a component in no scan",
    greyJpeg({ sof: YCC_SOF, sos: hex`ff da 00 08 01 01 00 00 3f 00` }),
    "component 1 is in no scan",
  ],
  [
    "components out of order",
    greyJpeg({ sof: YCC_SOF, sos: hex`ff da 00 0c 03 02 00 01 00 03 00 00 3f 00` }),
    "scan's components are not in the frame's order",
  ],
  [
    "a component in two scans",
    greyJpeg({ sos: joinBytes([GREY_PARTS.sos, GREY_PARTS.entropy, GREY_PARTS.sos]) }),
    "component 0 is in two scans",
  ],
  [
    "51 scans",
    greyJpeg({
      sof: joinBytes([hex`ff c2`, GREY_PARTS.sof.subarray(2)]),
      sos: joinBytes(new Array(51).fill(hex`ff da 00 08 01 07 00 00 00 00 2b`)),
    }),
    "more than 50 scans (byte",
  ],
  ["DNL", greyJpeg({ eoi: hex`ff dc 00 04 00 08 ff d9` }), "a height given by DNL"],
];
for (const [name, bytes, message] of REFUSED) {
  Deno.test(`parseJpegImage() refuses ${name}`, () => {
    assertThrows(() => parseJpegImage(bytes), WireError, message);
  });
}

Deno.test("readJpegDimensions() looks no further than the frame header", () => {
  assertEquals(readJpegDimensions(COLOUR), { width: 20, height: 10 });
  const upToSof = joinBytes([GREY_PARTS.soi, JFIF, GREY_PARTS.sof]);
  assertEquals(readJpegDimensions(upToSof), { width: 8, height: 8 });
});

for (
  const [name, bytes, message] of [
    ["a scan before the frame header", greyJpeg({ sof: hex`` }), "there is no frame header"],
    ["an early EOI", hex`ff d8 ff d9`, "there is no frame header"],
    ["four components", sof(0xc0, [9, 4]), "4 components are not supported"],
    ["the end", hex`ff d8`, "marker needs 1 byte"],
  ] as const
) {
  Deno.test(`readJpegDimensions() refuses ${name}`, () => {
    assertThrows(() => readJpegDimensions(bytes), WireError, message);
  });
}

Deno.test("parseJpegImage() and readJpegDimensions() survive damage", () => {
  const random = new SeededRandom(1);
  for (let run = 0; run < 20_000; run++) {
    const bytes = damaged(run % 2 === 0 ? COLOUR : PROGRESSIVE_SAMPLE, random);
    for (const parse of [parseJpegImage, readJpegDimensions]) {
      try {
        parse(bytes);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
      }
    }
  }
});
