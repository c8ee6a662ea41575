import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { serializeLabFrame } from "../../lib/movie/lab_frame.ts";
import { hex } from "../support/hex.ts";

/** A JPEG of 64 x 48 pixels, as far as its markers go; `filler` tells one from another. */
export function sampleJpeg(filler: number, fillerLength = 3): Uint8Array {
  return hex`
    ff d8
    ff c0 00 11 08 00 30 00 40 03  01 22 00  02 11 01  03 11 01
    ff da 00 0c 03 01 00 02 11 03 11 00 3f 00
    ${new Uint8Array(fillerLength).fill(filler)}
    ff d9
  `;
}

/** A movie in lab framing with one frame for each filler. */
export function sampleMovie(...fillers: number[]): Uint8Array {
  return joinBytes(fillers.map((filler, i) => serializeLabFrame(sampleJpeg(filler), i + 1)));
}
