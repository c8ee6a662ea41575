import { assertEquals, assertThrows } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { decodeCoefficients } from "../../lib/jpeg/decode_coefficients.ts";
import { decodePixels } from "../../lib/jpeg/decode_pixels.ts";
import { encodeCoefficients } from "../../lib/jpeg/encode_coefficients.ts";
import { JpegEncoder } from "../../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { transcode } from "../../lib/jpeg/transcode.ts";
import { canCarry } from "../../lib/rtp_jpeg/can_carry.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { entropyOf, greyJpeg, slopes } from "./jpeg_parts.ts";
import { PROGRESSIVE_SAMPLE } from "./progressive_sample.ts";

const RESTARTED = new JpegEncoder(40, 20, { restartInterval: 1 }).encode(slopes(40, 20));

// Annex K's codes for luma. DC: size 0 is 00, 1 is 010, 3 is 100, 11 is 111111110.
const [EOB, ZRL, RUN_1, RUN_14, RUN_15] = [
  ...["1010", "11111111001"],
  ...["1100", "1111111111101011", "1111111111110101"], // with a coefficient of size 1
];

const BLOCKS: [string, string, number[]][] = [
  ["an empty block", `00 ${EOB}`, []],
  ["DC and AC", `100 101 ${RUN_1} 0 ${EOB}`, [5, 0, -1]],
  ["a stuffed byte", `111111110 11111111111 ${EOB}`, [2047]],
  ["a run of 17", `00 ${ZRL} ${RUN_1} 1 ${EOB}`, [...new Array(18).fill(0), 1]],
  [
    "a last coefficient, which needs no end of block",
    `00 ${ZRL} ${ZRL} ${ZRL} ${RUN_14} 1`,
    [...new Array(63).fill(0), 1],
  ],
];
for (const [name, bits, expected] of BLOCKS) {
  Deno.test(`decodeCoefficients() reads ${name}`, () => {
    const image = parseJpegImage(greyJpeg({ entropy: entropyOf(bits) }));
    const [grey] = decodeCoefficients(image).components;
    const wanted = new Int16Array(64);
    wanted.set(expected);
    assertEquals(grey?.blocks, wanted);
  });
}

const RESTART_AFTER_ONE = hex`ff dd 00 04 00 01`;
const WIDE_SOF = hex`ff c0 00 0b 08 00 08 00 18 01 07 11 00`; // three blocks
const three = (entropy: Uint8Array) =>
  greyJpeg({ sof: joinBytes([WIDE_SOF, RESTART_AFTER_ONE]), entropy });

Deno.test("decodeCoefficients() starts each restart interval from 0", () => {
  // DC 1: 010 1, EOB 1010: each block has 1.
  const image = parseJpegImage(three(hex`5a ff d0 5a ff d1 5a`));
  const { components: [grey] } = decodeCoefficients(image);
  assertEquals([0, 64, 128].map((at) => grey?.blocks[at]), [1, 1, 1]);
});

const DAMAGED: [string, Uint8Array, string][] = [
  ["data that ends within a block", greyJpeg({ entropy: hex`96` }), "data ends within a block"],
  ["no data", greyJpeg({ entropy: hex`` }), "too many for 0 bytes of entropy-coded data"],
  ["bits that are no code", greyJpeg({ entropy: hex`ff 00 ff 00 ff 00` }), "are no Huffman code"],
  [
    "a coefficient behind the last",
    greyJpeg({ entropy: entropyOf(`00 ${ZRL} ${ZRL} ${ZRL} ${RUN_15} 1`) }),
    "a block has a coefficient 64, at most 63 are wanted",
  ],
  ["a missing restart marker", three(hex`5a 5a 5a`), "data ends where RST0 is due"],
  ["a wrong restart marker", three(hex`5a ff d1 5a ff d0 5a`), "RST1 is found where RST0 is due"],
  [
    "a size that the data cannot hold",
    greyJpeg({ sof: hex`ff c0 00 0b 08 1f 40 1f 40 01 07 11 00` }),
    "8000 x 8000 has 1000000 blocks, too many for 1 bytes",
  ],
];
for (const [name, bytes, message] of DAMAGED) {
  Deno.test(`decodeCoefficients() refuses ${name}`, () => {
    assertThrows(() => decodeCoefficients(parseJpegImage(bytes)), WireError, message);
  });
}

Deno.test("encodeCoefficients() gives back what decodeCoefficients() read", () => {
  for (const bytes of [RESTARTED, PROGRESSIVE_SAMPLE]) {
    const coefficients = decodeCoefficients(parseJpegImage(bytes));
    const again = decodeCoefficients(parseJpegImage(encodeCoefficients(coefficients)));
    again.components.forEach((component, index) => {
      const before = coefficients.components[index];
      assertEquals(component.quantisers, before?.quantisers);
      for (let row = 0; row < component.blocksDown; row++) {
        const from = row * component.storedAcross * 64;
        const to = from + component.blocksAcross * 64;
        assertEquals(component.blocks.subarray(from, to), before?.blocks.subarray(from, to));
      }
    });
  }
});

Deno.test("encodeCoefficients() refuses what 8-bit samples cannot give", () => {
  const image = parseJpegImage(greyJpeg({ entropy: entropyOf(`111111110 11111111111 ${EOB}`) }));
  assertThrows(
    () => encodeCoefficients(decodeCoefficients(image)),
    WireError,
    "coefficient 0 of block 0 of component 0 is 2047, at most 1023 is wanted",
  );
});

const DECODERS = {
  "decodeCoefficients()": (bytes: Uint8Array) => decodeCoefficients(parseJpegImage(bytes)),
  "decodePixels() at 1/8": (bytes: Uint8Array) => decodePixels(parseJpegImage(bytes), 8),
  "transcode()": (bytes: Uint8Array) => {
    const image = parseJpegImage(bytes);
    const problem = canCarry(transcode(image).image);
    if (problem !== undefined) throw new Error(problem);
  },
};
for (const [name, decode] of Object.entries(DECODERS)) {
  Deno.test(`${name} survives damage`, () => {
    const random = new SeededRandom(3);
    let read = 0;
    for (let run = 0; run < 20_000; run++) {
      try {
        decode(damaged(run % 2 === 0 ? RESTARTED : PROGRESSIVE_SAMPLE, random));
        read++;
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
      }
    }
    // Some damage lies in what is not read, and some gives another picture.
    assertEquals(read > 1000, true, `${read} of 20000 were read`);
  });
}
