import { MARKER } from "../../lib/jpeg/marker.ts";
import { randomPicture, runBatch } from "../jpeg/libjpeg_peer.ts";
import { SeededRandom } from "../support/random.ts";

/** How many frames a movie of one shape has. */
export const SHAPE_FRAMES = 4;

/** One kind of JPEG that people have. */
export interface JpegShape {
  /** The matrix's row. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Of each frame: what cjpeg is told. */
  readonly options: string;
  /** What becomes of cjpeg's file. */
  readonly change?: (jpeg: Uint8Array) => Uint8Array;
  /** Chroma samples of what is carried are the mean of so many pixels across and down. */
  readonly chroma: readonly [across: 2, down: 1 | 2];
  /** Names of the peers that cannot take it from anybody: docs/interop.md says why. */
  readonly beyond?: readonly string[];
}

const SMALL = { width: 128, height: 96, chroma: [2, 2] } as const;
const Q = "-quality 80";

/** The inputs of docs/interop.md's table, in its order. */
export const JPEG_SHAPES: readonly JpegShape[] = [
  { ...SMALL, name: "4:2:0", options: `${Q} -sample 2x2` },
  { ...SMALL, name: "4:2:2", options: `${Q} -sample 2x1`, chroma: [2, 1] },
  { ...SMALL, name: "4:4:4", options: `${Q} -sample 1x1` },
  { ...SMALL, name: "4:4:0", options: `${Q} -sample 1x2` },
  { ...SMALL, name: "4:1:1", options: `${Q} -sample 4x1`, chroma: [2, 1] },
  { ...SMALL, name: "4:1:0", options: `${Q} -sample 4x2` },
  { ...SMALL, name: "grey", options: `${Q} -grayscale` },
  { ...SMALL, name: "optimised Huffman tables", options: `${Q} -sample 2x2 -optimize` },
  { ...SMALL, name: "progressive", options: `${Q} -sample 2x2 -progressive` },
  { ...SMALL, name: "progressive 4:4:4", options: `${Q} -sample 1x1 -progressive` },
  { ...SMALL, name: "restart marker after each row", options: `${Q} -sample 2x2 -restart 1` },
  { ...SMALL, name: "restart marker after 3 blocks", options: `${Q} -sample 2x2 -restart 3B` },
  {
    ...SMALL,
    name: "4:2:2, restart marker after 1 block",
    options: `${Q} -sample 2x1 -restart 1B`,
    chroma: [2, 1],
  },
  {
    ...SMALL,
    name: "three quantiser tables",
    options: "-qtables three.txt -qslots 0,1,2 -sample 2x2",
  },
  { ...SMALL, name: "quantisers over 255", options: "-quality 3 -sample 2x2" },
  { ...SMALL, name: "no Huffman tables (AVI)", options: `${Q} -sample 2x2`, change: withoutTables },
  { ...SMALL, name: "67 x 53", options: `${Q} -sample 2x2`, width: 67, height: 53 },
  { ...SMALL, name: "67 x 53, 4:4:4", options: `${Q} -sample 1x1`, width: 67, height: 53 },
  { ...SMALL, name: "1 x 1", options: `${Q} -sample 2x2`, width: 1, height: 1 },
  { ...SMALL, name: "1600 x 900", options: `${Q} -sample 2x2`, width: 1600, height: 900 },
  { ...SMALL, name: "2040 x 1152", options: `${Q} -sample 2x2`, width: 2040, height: 1152 },
  {
    ...SMALL,
    name: "2048 x 1152",
    options: `${Q} -sample 2x2`,
    width: 2048,
    height: 1152,
    beyond: ["FFmpeg"],
  },
];

/** The frames of each shape's movie, in the order of the shapes. */
export async function makeShapes(shapes: readonly JpegShape[]): Promise<Uint8Array[][]> {
  const random = new SeededRandom(4);
  const inputs = new Map([["three.txt", threeTables()]]);
  const script: string[] = [];
  for (const [s, { width, height, options }] of shapes.entries()) {
    for (let f = 0; f < SHAPE_FRAMES; f++) {
      const isLarge = width * height > 100_000;
      const picture = isLarge ? ramp(width, height, f) : randomPicture(width, height, random);
      inputs.set(`${s}-${f}.ppm`, picture);
      script.push(`cjpeg ${options} -outfile ${s}-${f}.jpg ${s}-${f}.ppm`);
    }
  }
  const files = await runBatch(inputs, script);
  return shapes.map(({ change }, s) =>
    Array.from({ length: SHAPE_FRAMES }, (_, f) => {
      const jpeg = files.get(`${s}-${f}.jpg`) as Uint8Array;
      return change?.(jpeg) ?? jpeg;
    })
  );
}

/** Quantisers of Y, Cb and Cr for cjpeg, all different. */
function threeTables(): Uint8Array {
  const table = (first: number) => Array.from({ length: 64 }, (_, i) => first + (i >> 1)).join(" ");
  return new TextEncoder().encode([2, 3, 5].map(table).join("\n"));
}

/** A large picture whose JPEG is short enough for lab framing, as PPM. */
function ramp(width: number, height: number, frame: number): Uint8Array {
  const header = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const bytes = new Uint8Array(header.length + width * height * 3);
  bytes.set(header);
  let at = header.length;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      bytes[at++] = 40 + (x + 20 * frame) * 150 / width;
      bytes[at++] = 60 + y * 120 / height;
      bytes[at++] = (x >> 7) + (y >> 7) & 1 ? 150 : 90;
    }
  }
  return bytes;
}

/** A JPEG without its DHT segments, as in the AVI files of many cameras. */
function withoutTables(jpeg: Uint8Array): Uint8Array {
  const kept: number[] = [0xff, MARKER.soi];
  for (let at = 2;;) {
    const [marker, length] = [jpeg[at + 1], (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0)];
    if (marker === MARKER.sos) return Uint8Array.from([...kept, ...jpeg.subarray(at)]);
    if (marker !== MARKER.dht) kept.push(...jpeg.subarray(at, at + 2 + length));
    at += 2 + length;
  }
}
