import { assertEquals, assertThrows } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import type { JpegImage, JpegScan, QuantiserTable } from "../../lib/jpeg/jpeg_image.ts";
import { canCarry } from "../../lib/rtp_jpeg/can_carry.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { madeImage, madeJpeg } from "./made_jpegs.ts";

const IMAGE = madeImage(32, 32);
const [SCAN] = IMAGE.scans as readonly [JpegScan];
const COARSE: QuantiserTable = { precision: 16, values: new Uint16Array(64).fill(300) };

const CARRIED: [string, JpegImage][] = [
  ["baseline 4:2:0 with Annex K tables", IMAGE],
  ["baseline 4:2:2", madeImage(32, 32, { sampling: "4:2:2" })],
  ["restart markers", madeImage(32, 32, { restartInterval: 1 })],
  ["missing DHT (AVI MJPG): Annex K tables implied", withoutHuffmanTables()],
  ["extended sequential with 8-bit samples", { ...IMAGE, process: "extended" }],
  ["three quantiser tables, two of them the same", threeTables(true)],
  [
    "16-bit tables whose values fit into 8",
    {
      ...IMAGE,
      quantisers: new Map([...IMAGE.quantisers].map(([k, t]) => [k, { ...t, precision: 16 }])),
    },
  ],
];
for (const [name, image] of CARRIED) {
  Deno.test(`canCarry() has nothing against ${name}`, () => {
    assertEquals(canCarry(image), undefined);
  });
}

const REFUSED: [string, JpegImage, string][] = [
  ["progressive", { ...IMAGE, process: "progressive" }, "it is progressive, baseline is wanted"],
  [
    "4:4:4",
    madeImage(32, 32, { sampling: "4:4:4" }),
    "its sampling is 1x1, 1x1, 1x1; 4:2:2 (2x1, 1x1, 1x1) or 4:2:0 (2x2, 1x1, 1x1) is wanted",
  ],
  [
    "grayscale",
    madeImage(32, 32, { sampling: "grey" }),
    "it is grey, the three components Y, Cb and Cr are wanted",
  ],
  ["RGB", { ...IMAGE, rgb: true }, "its components are R, G and B; Y, Cb and Cr are wanted"],
  [
    "12-bit",
    { ...IMAGE, precision: 12 },
    "its samples have 12 bits, 8 are wanted",
  ],
  [
    "optimised (non-Annex-K) Huffman tables",
    withScan({
      acTables: new Map([[0, { counts: new Uint8Array(16), symbols: new Uint8Array() }]]),
    }),
    "its Huffman tables are its own (optimised), those of Annex K are wanted",
  ],
  [
    "swapped Huffman tables",
    withScan({ components: SCAN.components.map((c) => ({ ...c, dc: 1 - c.dc, ac: 1 - c.ac })) }),
    "its Huffman tables are its own (optimised), those of Annex K are wanted",
  ],
  [
    "several scans",
    { ...IMAGE, scans: [SCAN, SCAN] },
    "its components lie in 2 scans, one for all is wanted",
  ],
  [
    "quantisers over 255",
    { ...IMAGE, quantisers: new Map([[0, COARSE], [1, COARSE]]) },
    "component 0 has a quantiser of 300, at most 255 is wanted",
  ],
  [
    "three quantiser tables",
    threeTables(false),
    "Cb and Cr have different quantiser tables, one for both is wanted",
  ],
  ["an empty scan", withScan({ entropy: new Uint8Array() }), "its scan is empty"],
  [
    "over 16 MiB",
    withScan({ entropy: new Uint8Array(2 ** 24 + 1) }),
    "its scan has 16777217 bytes, at most 16777216 are wanted",
  ],
];
for (const [name, image, reason] of REFUSED) {
  Deno.test(`canCarry() says why it refuses ${name}`, () => {
    assertEquals(canCarry(image), `Cannot carry JPEG over RTP: ${reason}`);
    assertThrows(() => packetizeJpeg(image), RangeError, reason);
  });
}

function withScan(changes: Partial<JpegScan>): JpegImage {
  return { ...IMAGE, scans: [{ ...SCAN, ...changes }] };
}

function threeTables(same: boolean): JpegImage {
  const [, chroma] = [...IMAGE.quantisers.values()];
  const values = Uint16Array.from(chroma?.values ?? []);
  if (!same) values[63] = 77;
  const components = IMAGE.components.map((c, index) => ({ ...c, quantiser: index }));
  return {
    ...IMAGE,
    components,
    quantisers: new Map(IMAGE.quantisers).set(2, { precision: 8, values }),
  };
}

/** As in AVI files: the same JPEG less its DHT segments. */
function withoutHuffmanTables(): JpegImage {
  const jpeg = Array.from(madeJpeg(32, 32));
  for (;;) {
    const at = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc4);
    if (at < 0) return parseJpegImage(Uint8Array.from(jpeg));
    jpeg.splice(at, 2 + ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0));
  }
}
