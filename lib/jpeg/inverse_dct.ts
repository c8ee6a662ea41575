import { ZIGZAG } from "./annex_k.ts";

/** How many samples a block becomes in one direction: all, or averages of 2, 4 or 8. */
export type BlockSize = 1 | 2 | 4 | 8;

/** Where each frequency goes when samples are averaged: those above the new limit fold back. */
const FOLDED: Readonly<Record<BlockSize, readonly number[]>> = {
  8: [0, 1, 2, 3, 4, 5, 6, 7],
  4: [0, 1, 2, 3, 0, 3, 2, 1],
  2: [0, 1, 0, 1, 0, 1, 0, 1],
  1: [0, 0, 0, 0, 0, 0, 0, 0],
};
const [C1, C3] = [Math.cos(Math.PI / 8), Math.cos(3 * Math.PI / 8)];
const WORK = new Float32Array(64);

/**
 * Dequantises blocks and transforms them back (T.81 §A.3.3), to whole samples or to the exact means of
 * 2, 4 or 8 neighbours: smaller by the mean costs less than whole.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const inverse = new InverseDct(new Uint16Array(64).fill(2), 1, 1);
 * const mean = new Float32Array(1);
 * inverse.transform(Int16Array.of(40, ...new Array(63).fill(0)), 0, mean, 0, 1);
 * assertAlmostEquals(mean[0] ?? 0, 10);
 * ```
 */
export class InverseDct {
  /** Samples that a block becomes, in a row. */
  readonly across: BlockSize;
  /** Rows of samples that a block becomes. */
  readonly down: BlockSize;
  readonly #factors = new Float32Array(64); // by place in the zig-zag
  readonly #places = new Uint8Array(64); // in the work space
  readonly #last: number; // behind it in the zig-zag all factors are 0

  /** @param quantisers 64, in zig-zag order. */
  constructor(quantisers: Uint16Array, across: BlockSize, down: BlockSize) {
    this.across = across;
    this.down = down;
    let last = 0;
    ZIGZAG.forEach((place, n) => {
      const [u, v] = [place & 7, place >> 3];
      const factor = weight(across, u) * weight(down, v);
      this.#factors[n] = factor * (quantisers[n] as number);
      this.#places[n] = (FOLDED[down][v] as number) * 8 + (FOLDED[across][u] as number);
      if (factor !== 0) last = n;
    });
    this.#last = last;
  }

  /**
   * Transforms one block.
   *
   * @param blocks Quantised coefficients in zig-zag order, the block's from `offset` on.
   * @param out Gets the samples, around 0, `across` in each of `down` rows.
   * @param stride Places in `out` from row to row.
   */
  transform(
    blocks: Int16Array,
    offset: number,
    out: Float32Array,
    first: number,
    stride: number,
  ): void {
    const { across, down } = this;
    const flat = (blocks[offset] as number) * (this.#factors[0] as number);
    if (!this.#dequantise(blocks, offset)) {
      for (let y = 0, row = first; y < down; y++, row += stride) {
        for (let x = 0; x < across; x++) out[row + x] = flat; // fill() is slower on so few
      }
      return;
    }
    WORK[0] = (WORK[0] as number) + flat;
    for (let x = 0; x < across; x++) inverse(down, WORK, x, 8);
    for (let y = 0, row = first; y < down; y++, row += stride) {
      inverse(across, WORK, y * 8, 1);
      for (let x = 0; x < across; x++) out[row + x] = WORK[y * 8 + x] as number;
    }
  }

  /** Puts the AC coefficients into the work space; whether there are any. */
  #dequantise(blocks: Int16Array, offset: number): boolean {
    const [factors, places, last] = [this.#factors, this.#places, this.#last];
    let found = false;
    for (let n = 1; n <= last; n++) {
      const value = blocks[offset + n] as number;
      if (value === 0) continue;
      if (!found) WORK.fill(0);
      found = true;
      const place = places[n] as number;
      WORK[place] = (WORK[place] as number) + value * (factors[n] as number);
    }
    return found;
  }
}

/** What a frequency counts for, so that the transforms below need no other factors. */
function weight(size: BlockSize, frequency: number): number {
  if (frequency === 0) return Math.SQRT1_2 / 2;
  const angle = frequency * Math.PI / 16;
  switch (size) {
    case 8:
      return Math.cos(angle) / 2;
    case 4: {
      if (frequency === 4) return 0;
      const mean = Math.cos(angle) / 2 * (frequency % 4 === 2 ? Math.SQRT1_2 : 1);
      return frequency > 4 ? -mean : mean;
    }
    case 2:
      if (frequency % 2 === 0) return 0;
      return Math.cos(angle) * Math.cos(2 * angle) * Math.cos(4 * angle) / 2;
    case 1:
      return 0;
  }
}

/** The inverse transform of `size` numbers, `step` apart, in place. */
function inverse(size: BlockSize, work: Float32Array, first: number, step: number): void {
  if (size === 8) inverse8(work, first, step);
  else if (size === 4) inverse4(work, first, step);
  else if (size === 2) {
    const [sum, difference] = [work[first] as number, work[first + step] as number];
    work[first] = sum + difference;
    work[first + step] = sum - difference;
  }
}

function inverse4(work: Float32Array, first: number, step: number): void {
  const z0 = work[first] as number, z1 = work[first + step] as number;
  const z2 = work[first + 2 * step] as number, z3 = work[first + 3 * step] as number;
  const outer = z1 * C1 + z3 * C3, inner = z1 * C3 - z3 * C1;
  work[first] = z0 + z2 + outer;
  work[first + step] = z0 - z2 + inner;
  work[first + 2 * step] = z0 - z2 - inner;
  work[first + 3 * step] = z0 + z2 - outer;
}

/** By the method of Arai, Agui and Nakajima, 5 multiplications. */
function inverse8(work: Float32Array, first: number, step: number): void {
  const at4 = first + 4 * step;
  const x0 = work[first] as number, x4 = work[at4] as number;
  const x2 = work[first + 2 * step] as number, x6 = work[at4 + 2 * step] as number;
  const sum = x2 + x6, turned = (x2 - x6) * Math.SQRT2 - sum;
  const even0 = x0 + x4 + sum, even3 = x0 + x4 - sum;
  const even1 = x0 - x4 + turned, even2 = x0 - x4 - turned;

  const x1 = work[first + step] as number, x7 = work[at4 + 3 * step] as number;
  const x3 = work[first + 3 * step] as number, x5 = work[at4 + step] as number;
  const high = x5 - x3, low = x1 - x7, outer = x1 + x7, middle = x5 + x3;
  const odd0 = outer + middle;
  const shared = (high + low) * ODD_SHARED;
  const odd1 = shared - high * ODD_HIGH - odd0;
  const odd2 = (outer - middle) * Math.SQRT2 - odd1;
  const odd3 = shared - low * ODD_LOW - odd2;

  work[first] = even0 + odd0;
  work[at4 + 3 * step] = even0 - odd0;
  work[first + step] = even1 + odd1;
  work[at4 + 2 * step] = even1 - odd1;
  work[first + 2 * step] = even2 + odd2;
  work[at4 + step] = even2 - odd2;
  work[first + 3 * step] = even3 + odd3;
  work[at4] = even3 - odd3;
}

const ODD_SHARED = 2 * Math.cos(Math.PI / 8);
const ODD_LOW = 2 * (Math.cos(Math.PI / 8) - Math.cos(3 * Math.PI / 8));
const ODD_HIGH = 2 * (Math.cos(Math.PI / 8) + Math.cos(3 * Math.PI / 8));
