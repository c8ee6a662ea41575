import { joinBytes } from "../bytes/join_bytes.ts";
import * as annexK from "./annex_k.ts";
import { serializeBaselineHeaders } from "./baseline_headers.ts";
import { BitWriter } from "./bit_writer.ts";
import { convertColours } from "./convert_colours.ts";
import { dctScale } from "./dct_scale.ts";
import { forwardDct } from "./forward_dct.ts";
import { buildHuffmanCodes, encodeBlock, type HuffmanCodes } from "./huffman_encoder.ts";
import type { SamplePlane } from "./sample_plane.ts";
import { scaleQuantisers } from "./scale_quantisers.ts";

/** What a JPEG encoder is to make. */
export interface JpegEncoderOptions {
  /** Q of RFC 2435 and of libjpeg, 1 to 99; 75 unless given. */
  readonly quality?: number;
  /** `4:2:0` unless given; `grey` has luma alone. RFC 2435 carries 4:2:0 and 4:2:2. */
  readonly sampling?: "4:2:0" | "4:2:2" | "4:4:4" | "grey";
  /** MCUs from restart marker to restart marker, up to 65535; 0, for none, unless given. */
  readonly restartInterval?: number;
}

/** How many blocks of luma an MCU has, across and down. */
const MCU_BLOCKS = { "4:2:0": [2, 2], "4:2:2": [2, 1], "4:4:4": [1, 1], grey: [1, 1] } as const;

interface Component {
  readonly plane: SamplePlane;
  /** Blocks of an MCU, across and down. */
  readonly horizontal: number;
  readonly vertical: number;
  /** What each coefficient of the zig-zag is multiplied with: 1 / quantiser and the DCT's rest. */
  readonly factors: Float32Array;
  readonly dcCodes: HuffmanCodes;
  readonly acCodes: HuffmanCodes;
}

/**
 * Makes baseline JFIF pictures of one size with the Huffman tables of annex K, one after another in
 * the same memory.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const encoder = new JpegEncoder(16, 16, { quality: 90 });
 * const jpeg = encoder.encode(new Uint8Array(16 * 16 * 3)); // a black one
 * assertEquals(jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xd8));
 * assertEquals(jpeg.subarray(-2), Uint8Array.of(0xff, 0xd9));
 * ```
 */
export class JpegEncoder {
  readonly #width: number;
  readonly #height: number;
  readonly #restartInterval: number;
  readonly #headers: Uint8Array;
  readonly #components: readonly Component[];
  readonly #writer = new BitWriter();
  readonly #block = new Float32Array(64);
  readonly #coefficients = new Int16Array(64);

  /**
   * @param width In pixels, 1 to 65535.
   * @param height In pixels, 1 to 65535.
   * @throws {RangeError} A size or option is out of its range.
   */
  constructor(width: number, height: number, options: JpegEncoderOptions = {}) {
    const { quality = 75, sampling = "4:2:0", restartInterval = 0 } = options;
    checkRange("width", width, 1);
    checkRange("height", height, 1);
    checkRange("restart interval", restartInterval, 0);
    this.#width = width;
    this.#height = height;
    this.#restartInterval = restartInterval;
    const luma = scaleQuantisers(annexK.LUMA_QUANTISERS, quality);
    const chroma = scaleQuantisers(annexK.CHROMA_QUANTISERS, quality);
    const [across, down] = MCU_BLOCKS[sampling];
    const mcus = [Math.ceil(width / 8 / across), Math.ceil(height / 8 / down)] as const;
    this.#components = sampling === "grey" ? [component(mcus, [1, 1], luma, true)] : [
      component(mcus, [across, down], luma, true),
      component(mcus, [1, 1], chroma, false),
      component(mcus, [1, 1], chroma, false),
    ];
    this.#headers = serializeBaselineHeaders({
      width,
      height,
      sampling: this.#components,
      quantisers: sampling === "grey" ? [luma] : [luma, chroma],
      restartInterval,
    });
  }

  /**
   * A whole JPEG, from SOI to EOI.
   *
   * @param pixels RGB or RGBA, row by row; which of them follows from the length, and the opacity has
   * no effect.
   * @throws {RangeError} The length is neither.
   */
  encode(pixels: Uint8Array | Uint8ClampedArray): Uint8Array {
    const step = pixels.length / (this.#width * this.#height);
    if (step !== 3 && step !== 4) {
      throw new RangeError(
        `Cannot encode JPEG: ${pixels.length} bytes are neither RGB nor RGBA of ` +
          `${this.#width} x ${this.#height} pixels`,
      );
    }
    convertColours(pixels, this.#width, step, this.#components.map(({ plane }) => plane));
    this.#writer.reset();
    this.#encodeScan();
    return joinBytes([this.#headers, this.#writer.finish(), Uint8Array.of(0xff, 0xd9)]);
  }

  #encodeScan(): void {
    const predictions = this.#components.map(() => 0);
    const first = this.#components[0] as Component;
    const across = first.plane.width / (8 * first.horizontal);
    const count = across * first.plane.height / (8 * first.vertical);
    for (let mcu = 0, restarts = 0; mcu < count; mcu++) {
      if (this.#restartInterval > 0 && mcu > 0 && mcu % this.#restartInterval === 0) {
        this.#writer.restart(restarts++);
        predictions.fill(0);
      }
      const [column, row] = [mcu % across, Math.floor(mcu / across)];
      this.#components.forEach((part, index) => {
        predictions[index] = this.#encodeUnits(part, column, row, predictions[index] as number);
      });
    }
  }

  /** The blocks of one component in one MCU; returns the DC prediction for the next. */
  #encodeUnits(part: Component, column: number, row: number, prediction: number): number {
    const { horizontal, vertical, dcCodes, acCodes } = part;
    for (let v = 0; v < vertical; v++) {
      for (let h = 0; h < horizontal; h++) {
        this.#transform(part, column * horizontal + h, row * vertical + v);
        const coefficients = this.#coefficients;
        prediction = encodeBlock(this.#writer, coefficients, 0, prediction, dcCodes, acCodes);
      }
    }
    return prediction;
  }

  /** Samples of a block to quantised coefficients. */
  #transform({ plane, factors }: Component, column: number, row: number): void {
    const [block, coefficients] = [this.#block, this.#coefficients];
    for (let y = 0; y < 8; y++) {
      const from = (row * 8 + y) * plane.width + column * 8;
      for (let x = 0; x < 8; x++) block[y * 8 + x] = plane.samples[from + x] as number;
    }
    forwardDct(block);
    for (let n = 0; n < 64; n++) {
      const value = (block[annexK.ZIGZAG[n] as number] as number) * (factors[n] as number);
      coefficients[n] = value < 0 ? value - 0.5 : value + 0.5; // Int16Array cuts towards 0
    }
  }
}

function component(
  mcus: readonly [number, number],
  [horizontal, vertical]: readonly [number, number],
  quantisers: Uint8Array,
  isLuma: boolean,
): Component {
  const [width, height] = [mcus[0] * horizontal * 8, mcus[1] * vertical * 8];
  return {
    plane: { width, height, samples: new Float32Array(width * height) },
    horizontal,
    vertical,
    factors: Float32Array.from(
      quantisers,
      (quantiser, n) => dctScale(annexK.ZIGZAG[n] as number) / quantiser,
    ),
    dcCodes: buildHuffmanCodes(isLuma ? annexK.LUMA_DC_TABLE : annexK.CHROMA_DC_TABLE),
    acCodes: buildHuffmanCodes(isLuma ? annexK.LUMA_AC_TABLE : annexK.CHROMA_AC_TABLE),
  };
}

function checkRange(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least || value > 65535) {
    throw new RangeError(
      `Cannot encode JPEG: ${name} is ${value}, not an integer from ${least} to 65535`,
    );
  }
}
