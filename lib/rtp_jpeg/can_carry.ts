import { CHROMA_AC_TABLE, CHROMA_DC_TABLE, LUMA_AC_TABLE, LUMA_DC_TABLE } from "../jpeg/annex_k.ts";
import type { HuffmanTable, JpegImage, JpegScan } from "../jpeg/jpeg_image.ts";
import { jpegType, samplingOf } from "./jpeg_type.ts";

/** Most bytes of a frame's scan data: what a 24-bit fragment offset reaches (RFC 2435 §3.1.2). */
const MAX_SCAN_LENGTH = 2 ** 24;

/**
 * Why a JPEG cannot be sent as RFC 2435 has it, or `undefined` when it can.
 *
 * It can when it is a sequential 4:2:2 or 4:2:0 picture of Y, Cb and Cr in one scan, with the Annex K
 * Huffman tables and one 8-bit quantiser table for luma and one for chroma: a receiver makes the file's
 * header anew from type, Q and size alone (§4.1), so what is not so would be decoded wrongly. 16-bit
 * quantisers over 255 could be sent (§3.1.8), but FFmpeg takes each for two 8-bit ones.
 *
 * @returns A sentence without final period, for a reply's body:
 * `Cannot carry JPEG over RTP: it is progressive, baseline is wanted`.
 */
export function canCarry(image: JpegImage): string | undefined {
  const problem = frameProblem(image) ?? quantiserProblem(image) ?? scanProblem(image);
  return problem && `Cannot carry JPEG over RTP: ${problem}`;
}

function frameProblem(image: JpegImage): string | undefined {
  const { process, precision, components, rgb } = image;
  if (process === "progressive") return "it is progressive, baseline is wanted";
  if (precision !== 8) return `its samples have ${precision} bits, 8 are wanted`;
  if (components.length === 1) return "it is grey, the three components Y, Cb and Cr are wanted";
  if (rgb) return "its components are R, G and B; Y, Cb and Cr are wanted";
  if (jpegType(image) !== undefined) return undefined;
  return `its sampling is ${samplingOf(image)}; ` +
    "4:2:2 (2x1, 1x1, 1x1) or 4:2:0 (2x2, 1x1, 1x1) is wanted";
}

function quantiserProblem({ components, quantisers }: JpegImage): string | undefined {
  const tables = components.map(({ quantiser }) => quantisers.get(quantiser)?.values);
  for (const [index, values] of tables.entries()) {
    const large = values?.find((value) => value > 255);
    if (large !== undefined) {
      return `component ${index} has a quantiser of ${large}, at most 255 is wanted`;
    }
  }
  const [, cb, cr] = tables;
  if (cb === undefined || cr === undefined || cb === cr) return undefined;
  if (cb.every((value, i) => value === cr[i])) return undefined;
  return "Cb and Cr have different quantiser tables, one for both is wanted";
}

function scanProblem({ scans }: JpegImage): string | undefined {
  const [scan] = scans;
  if (scan === undefined || scans.length > 1 || scan.components.length !== 3) {
    return `its components lie in ${scans.length} scans, one for all is wanted`;
  }
  if (!hasAnnexKTables(scan)) {
    return "its Huffman tables are its own (optimised), those of Annex K are wanted";
  }
  const { length } = scan.entropy;
  if (length === 0) return "its scan is empty";
  if (length <= MAX_SCAN_LENGTH) return undefined;
  return `its scan has ${length} bytes, at most ${MAX_SCAN_LENGTH} are wanted`;
}

function hasAnnexKTables({ components, dcTables, acTables }: JpegScan): boolean {
  return components.every(({ dc, ac }, index) => {
    const [wantedDc, wantedAc] = index === 0
      ? [LUMA_DC_TABLE, LUMA_AC_TABLE]
      : [CHROMA_DC_TABLE, CHROMA_AC_TABLE];
    return isSameTable(dcTables.get(dc), wantedDc) && isSameTable(acTables.get(ac), wantedAc);
  });
}

function isSameTable(found: HuffmanTable | undefined, wanted: HuffmanTable): boolean {
  if (found === wanted) return true;
  if (found === undefined || found.symbols.length !== wanted.symbols.length) return false;
  return found.counts.every((count, i) => count === wanted.counts[i]) &&
    found.symbols.every((symbol, i) => symbol === wanted.symbols[i]);
}
