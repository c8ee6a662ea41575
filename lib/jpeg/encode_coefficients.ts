import { WireError } from "../bytes/wire_error.ts";
import { joinBytes } from "../bytes/join_bytes.ts";
import { CHROMA_AC_TABLE, CHROMA_DC_TABLE, LUMA_AC_TABLE, LUMA_DC_TABLE } from "./annex_k.ts";
import { serializeBaselineHeaders } from "./baseline_headers.ts";
import { BitWriter } from "./bit_writer.ts";
import type { Coefficients, ComponentCoefficients } from "./coefficients.ts";
import { buildHuffmanCodes, encodeBlock, type HuffmanCodes } from "./huffman_encoder.ts";

/** What Annex K has codes for; 8-bit samples do not need more (T.81 §F.1.2). */
const [DC_LEAST, DC_MOST, AC_MOST] = [-1024, 1023, 1023];

interface EncodedPart {
  readonly component: ComponentCoefficients;
  readonly dc: HuffmanCodes;
  readonly ac: HuffmanCodes;
  prediction: number;
}

const EMPTY_BLOCK = new Int16Array(64);
const LUMA_CODES = [buildHuffmanCodes(LUMA_DC_TABLE), buildHuffmanCodes(LUMA_AC_TABLE)] as const;
const CHROMA_CODES = [
  buildHuffmanCodes(CHROMA_DC_TABLE),
  buildHuffmanCodes(CHROMA_AC_TABLE),
] as const;

/**
 * A whole baseline JFIF file of the coefficients, in one interleaved scan with the Huffman tables of
 * Annex K. Blocks that the picture does not need are written as empty as possible.
 *
 * @param coefficients One component, or three of which the second and third have the same quantisers;
 * quantisers up to 255. How many blocks are stored may differ from what the sampling factors need, as
 * long as those that hold some of the picture are there.
 * @throws WireError when a coefficient is out of what 8-bit samples can give: the file is damaged.
 */
export function encodeCoefficients(coefficients: Coefficients): Uint8Array {
  const { width, height, components } = coefficients;
  components.forEach(checkRange);
  const parts = components.map((component, index): EncodedPart => {
    const [dc, ac] = index === 0 ? LUMA_CODES : CHROMA_CODES;
    return { component, dc, ac, prediction: 0 };
  });
  const headers = serializeBaselineHeaders({
    width,
    height,
    sampling: components,
    quantisers: components.slice(0, 2).map(({ quantisers }) => Uint8Array.from(quantisers)),
    restartInterval: 0,
  });
  const writer = new BitWriter();
  writeScan(writer, parts, mcuCounts(coefficients));
  return joinBytes([headers, writer.finish(), Uint8Array.of(0xff, 0xd9)]);
}

function writeScan(
  writer: BitWriter,
  parts: readonly EncodedPart[],
  [across, down]: readonly [number, number],
): void {
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      for (const part of parts) writeUnits(writer, part, column, row);
    }
  }
}

/** The blocks of one component in one MCU. */
function writeUnits(writer: BitWriter, part: EncodedPart, column: number, row: number): void {
  const { component, dc, ac } = part;
  const { horizontal, vertical, blocksAcross, blocksDown, storedAcross, blocks } = component;
  for (let v = 0; v < vertical; v++) {
    const y = row * vertical + v;
    for (let h = 0; h < horizontal; h++) {
      const x = column * horizontal + h;
      if (x < blocksAcross && y < blocksDown) {
        const offset = (y * storedAcross + x) * 64;
        part.prediction = encodeBlock(writer, blocks, offset, part.prediction, dc, ac);
      } else {
        encodeBlock(writer, EMPTY_BLOCK, 0, 0, dc, ac); // no difference, no AC
      }
    }
  }
}

function mcuCounts({ width, height, components }: Coefficients): readonly [number, number] {
  const horizontal = Math.max(...components.map((c) => c.horizontal));
  const vertical = Math.max(...components.map((c) => c.vertical));
  return [Math.ceil(width / (8 * horizontal)), Math.ceil(height / (8 * vertical))];
}

function checkRange(component: ComponentCoefficients, index: number): void {
  const { blocks } = component;
  for (let at = 0; at < blocks.length; at++) {
    const value = blocks[at] as number;
    if (value >= -AC_MOST && value <= AC_MOST) continue;
    if (at % 64 === 0 && value >= DC_LEAST && value <= DC_MOST) continue;
    throw new WireError(
      `Cannot encode JPEG: coefficient ${at % 64} of block ${at >> 6} of component ${index} is ` +
        `${value}, at most ${AC_MOST} is wanted`,
    );
  }
}
