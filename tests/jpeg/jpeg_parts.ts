import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { hex } from "../support/hex.ts";

/** The pieces of a grey JPEG of 8 x 8 pixels, for tests that change one. */
export const GREY_PARTS = {
  soi: hex`ff d8`,
  dqt: hex`ff db 00 43 00 ${new Uint8Array(64).fill(2)}`,
  sof: hex`
    ff c0 00 0b
    08            # precision
    00 08 00 08   # height, width
    01            # components
    07 11 00      # id 7, sampling 1 x 1, quantiser table 0
  `,
  sos: hex`
    ff da 00 08
    01            # components
    07 00         # id 7, Huffman tables 0 and 0
    00 3f 00      # coefficients 0 to 63, no approximation
  `,
  entropy: hex`2b`, // DC difference 0 (00), end of block (1010), filled up with 1
  eoi: hex`ff d9`,
};

/** The pieces joined, some replaced. */
export function greyJpeg(parts: Partial<typeof GREY_PARTS> = {}): Uint8Array {
  return joinBytes(Object.values({ ...GREY_PARTS, ...parts }));
}

/** RGB pixels with slopes and edges. */
export function slopes(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [channel, pixel] = [at % 3, Math.floor(at / 3)];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (x * 5 + y * (channel * 4 + 1) + (x * y % 7 > 4 ? 40 : 0)) % 256;
  });
}

/** Bits, as 0 and 1, with bytes stuffed and the last byte filled up with ones (T.81 §F.1.2.3). */
export function entropyOf(bits: string): Uint8Array {
  const digits = bits.replaceAll(" ", "");
  const filled = digits.padEnd(Math.ceil(digits.length / 8) * 8, "1");
  const bytes = filled.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? [];
  return Uint8Array.from(bytes.flatMap((byte) => byte === 0xff ? [byte, 0] : [byte]));
}
