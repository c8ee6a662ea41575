import { WireError } from "../bytes/wire_error.ts";
import { baselineQuantiser } from "./baseline_quantiser.ts";
import { type CarriedLayout, carriedLayout } from "./carried_layout.ts";
import { resampleChroma } from "./resample_chroma.ts";
import type { Coefficients, ComponentCoefficients } from "./coefficients.ts";
import { decodeCoefficients } from "./decode_coefficients.ts";
import { encodeCoefficients } from "./encode_coefficients.ts";
import { type JpegImage, parseJpegImage } from "./jpeg_image.ts";
import { requantise } from "./requantise.ts";

/**
 * Most that a quantiser is where chroma is quantised anew: the error of 7 is 7^2 / 12 a sample at worst,
 * which is a PSNR of 42.0 dB against what was to be kept.
 */
const MAX_REQUANTISER = 7;
/** The same for little chroma: where few of a block's samples are seen, they may have most of its error. */
const MAX_SMALL_REQUANTISER = 4;
/** How many samples of chroma are little. */
const SMALL_CHROMA = 1024;

/** A JPEG that RFC 2435 carries. */
export interface CarriedJpeg {
  /** The file taken apart: its arrays are views of `bytes`. */
  readonly image: JpegImage;
  /** A whole JFIF file. */
  readonly bytes: Uint8Array;
}

/**
 * Makes of any JPEG one that RFC 2435 carries: baseline, 4:2:0 or 4:2:2, Annex K Huffman tables, one
 * table of quantisers for luma and one for chroma, no restart markers.
 *
 * Luma coefficients stay bit-exact, and those of chroma as well where its sampling is 4:2:0 or 4:2:2;
 * other chroma, and Cb and Cr with different quantisers, are quantised anew at 40 dB or more. Grey gets
 * constant chroma. Coefficients with quantisers over 255 are multiplied, so that smaller ones do.
 *
 * @throws WireError when the entropy-coded data is damaged, or by name on what has no such form: R, G,
 * B components, and luma with fewer samples than chroma.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { JpegEncoder } from "./jpeg_encoder.ts";
 * import { parseJpegImage } from "./jpeg_image.ts";
 *
 * const grey = new JpegEncoder(8, 8, { sampling: "grey" }).encode(new Uint8Array(8 * 8 * 3));
 * const { components } = transcode(parseJpegImage(grey)).image;
 * assertEquals(components.map((c) => [c.horizontal, c.vertical]), [[2, 2], [1, 1], [1, 1]]);
 * ```
 */
export function transcode(image: JpegImage): CarriedJpeg {
  if (image.rgb === true) {
    throw new WireError("Cannot transcode JPEG: its components are R, G, B, not Y, Cb, Cr");
  }
  const [luma, ...chroma] = image.components;
  if (
    chroma.some((c) => c.horizontal > (luma?.horizontal ?? 0) || c.vertical > (luma?.vertical ?? 0))
  ) {
    throw new WireError("Cannot transcode JPEG: luma has fewer samples than chroma");
  }
  const bytes = encodeCoefficients(
    carried(decodeCoefficients(image), carriedLayout(image.components)),
  );
  return { image: parseJpegImage(bytes), bytes };
}

function carried(source: Coefficients, layout: CarriedLayout): Coefficients {
  const { width, height, components: [luma, cb, cr] } = source;
  if (luma === undefined) throw new RangeError("An image has at least one component");
  const narrow = requantise(luma, luma.quantisers.map(baselineQuantiser));
  const chroma = cb === undefined || cr === undefined
    ? constantChroma(source, layout, narrow)
    : carriedChroma(source, layout, luma, [cb, cr]);
  return { width, height, components: [{ ...narrow, ...layout }, ...chroma] };
}

/** Chroma in the new sampling, both with the same quantisers. */
function carriedChroma(
  source: Coefficients,
  layout: CarriedLayout,
  luma: ComponentCoefficients,
  chroma: readonly [ComponentCoefficients, ComponentCoefficients],
): ComponentCoefficients[] {
  const scales = chroma.map((c) => ({
    x: luma.horizontal / (layout.horizontal * c.horizontal),
    y: luma.vertical / (layout.vertical * c.vertical),
  }));
  const [cb, cr] = chroma;
  const isKept = scales.every(({ x, y }) => x === 1 && y === 1) &&
    cb.quantisers.every((quantiser, n) => quantiser === cr.quantisers[n]);
  const size = chromaSize(source, layout);
  const isSmall = size.width * size.height < SMALL_CHROMA;
  const most = isSmall ? MAX_SMALL_REQUANTISER : MAX_REQUANTISER;
  const quantisers = cb.quantisers.map((quantiser, n) =>
    isKept ? baselineQuantiser(quantiser) : Math.min(quantiser, cr.quantisers[n] as number, most)
  );
  const target = { ...size, quantisers };
  return chroma.map((component, index): ComponentCoefficients => {
    const { x, y } = scales[index] as { x: number; y: number };
    return x === 1 && y === 1
      ? { ...requantise(component, quantisers), horizontal: 1, vertical: 1 }
      : resampleChroma(component, x, y, target);
  });
}

/** The chroma of grey. */
function constantChroma(
  source: Coefficients,
  layout: CarriedLayout,
  luma: ComponentCoefficients,
): ComponentCoefficients[] {
  const { width, height } = chromaSize(source, layout);
  const [blocksAcross, blocksDown] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const constant: ComponentCoefficients = {
    horizontal: 1,
    vertical: 1,
    quantisers: luma.quantisers,
    blocksAcross,
    blocksDown,
    storedAcross: blocksAcross,
    storedDown: blocksDown,
    blocks: new Int16Array(blocksAcross * blocksDown * 64),
  };
  return [constant, constant];
}

function chromaSize({ width, height }: Coefficients, layout: CarriedLayout) {
  return {
    width: Math.ceil(width / layout.horizontal),
    height: Math.ceil(height / layout.vertical),
  };
}
