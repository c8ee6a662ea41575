import { distanceToLimbs, galloping } from "./galloping_horse.ts";

/** Light that comes back, linear, 0 to 1: red, green, blue. */
export type Light = readonly [red: number, green: number, blue: number];

const CELL_WIDTH = 220;
const CELL_HEIGHT = 140;
/** Texels a height of the horse. */
const SCALE = 98;
/** Where the middle of the horse and the ground are in a cell, from the left and from above. */
const ORIGIN = { x: 113, y: 119 };

const PAPER: Light = [0.8, 0.63, 0.4];
const INK: Light = [0.035, 0.022, 0.016];
const FAR_INK: Light = [0.26, 0.17, 0.1];

/** The paper strip of a zoetrope: one figure a slit, each a moment later in its stride. */
export class FigureStrip {
  readonly #figures: number;
  /** How much ink is on the paper, 0 to 1: near and far side by turns, cell by cell. */
  readonly #ink: Float32Array;

  constructor(figures: number) {
    this.#figures = figures;
    this.#ink = new Float32Array(figures * CELL_WIDTH * CELL_HEIGHT * 2);
    let at = 0;
    for (let figure = 0; figure < figures; figure++) {
      const { near, far } = galloping(figure / figures);
      for (let row = 0; row < CELL_HEIGHT; row++) {
        for (let column = 0; column < CELL_WIDTH; column++) {
          const x = (column + 0.5 - ORIGIN.x) / SCALE;
          const y = (ORIGIN.y - row - 0.5) / SCALE;
          const ground = 0.55 * Math.max(0, 1 - Math.abs(row - ORIGIN.y - 2) / 2.2);
          this.#ink[at++] = edge(distanceToLimbs(near, x, y) * SCALE);
          this.#ink[at++] = Math.max(edge(distanceToLimbs(far, x, y) * SCALE), ground);
        }
      }
    }
  }

  /**
   * The paper's colour.
   *
   * @param around Along the strip in figures, from left to right seen from inside; any number.
   * @param down From the strip's upper edge, 0, to its lower, 1.
   */
  colour(around: number, down: number): Light {
    const whole = Math.floor(around);
    const figure = ((whole % this.#figures) + this.#figures) % this.#figures;
    const x = Math.min(CELL_WIDTH - 1.001, (around - whole) * CELL_WIDTH);
    const y = Math.min(CELL_HEIGHT - 1.001, Math.max(0, down * CELL_HEIGHT));
    const near = this.#sample(figure, x, y, 0);
    const far = this.#sample(figure, x, y, 1);
    const border = 0.25 * Math.max(0, 1 - Math.abs(Math.abs(down - 0.5) - 0.465) * 70);
    return mix(mix(mix(PAPER, FAR_INK, border), FAR_INK, far), INK, near);
  }

  #sample(figure: number, x: number, y: number, layer: number): number {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const at = ((figure * CELL_HEIGHT + row) * CELL_WIDTH + column) * 2 + layer;
    const below = at + CELL_WIDTH * 2;
    const ink = (index: number) => this.#ink[index] ?? 0;
    const upper = ink(at) + (ink(at + 2) - ink(at)) * (x - column);
    const lower = ink(below) + (ink(below + 2) - ink(below)) * (x - column);
    return upper + (lower - upper) * (y - row);
  }
}

/** One colour laid over another. */
export function mix(below: Light, above: Light, opacity: number): Light {
  return [
    below[0] + (above[0] - below[0]) * opacity,
    below[1] + (above[1] - below[1]) * opacity,
    below[2] + (above[2] - below[2]) * opacity,
  ];
}

function edge(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance));
}
