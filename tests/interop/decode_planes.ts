import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { runBatch } from "../jpeg/libjpeg_peer.ts";
import { readPnm } from "./read_pnm.ts";

/** Y, Cb and Cr of a picture, each with a sample for every pixel. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly [y: Uint8Array, cb: Uint8Array, cr: Uint8Array];
}

/** APP14 of Adobe with transform 0: the components are to be left as they are. */
const ADOBE = Uint8Array.of(0xff, 0xee, 0, 14, 65, 100, 111, 98, 101, 0, 100, 0, 0, 0, 0, 0);

/**
 * The samples of JPEGs as libjpeg-turbo decodes them, without conversion to R, G, B: chroma samples are
 * repeated for the pixels that they stand for. Grey has chroma 128.
 */
export async function decodePlanes(jpegs: readonly Uint8Array[]): Promise<Planes[]> {
  const inputs = new Map(jpegs.map((jpeg, i) => [`${i}.jpg`, withoutColours(jpeg)]));
  const script = jpegs.map((_, i) => `djpeg -nosmooth -pnm -outfile ${i}.pnm ${i}.jpg`);
  const outputs = await runBatch(inputs, script);
  return jpegs.map((_, i) => {
    const { width, height, channels, samples } = readPnm(outputs.get(`${i}.pnm`) as Uint8Array);
    const plane = (n: number) => {
      const picked = new Uint8Array(width * height).fill(128);
      if (n < channels) {
        for (let i = 0; i < picked.length; i++) picked[i] = samples[i * channels + n] as number;
      }
      return picked;
    };
    return { width, height, planes: [plane(0), plane(1), plane(2)] };
  });
}

/** The JPEG with ADOBE in the place of its APP segments. */
function withoutColours(jpeg: Uint8Array): Uint8Array {
  let at = 2;
  while (jpeg[at] === 0xff && ((jpeg[at + 1] ?? 0) & 0xf0) === 0xe0) {
    at += 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
  }
  return joinBytes([jpeg.subarray(0, 2), ADOBE, jpeg.subarray(at)]);
}
