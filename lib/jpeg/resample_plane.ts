/** Samples of one component, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly samples: Float32Array;
}

/**
 * A plane of another size: each new sample is the mean of the area that it covers.
 *
 * @param scaleX Old samples to a new one, in a row.
 * @param scaleY Old rows to a new one.
 * @param width Of the new plane; what lies behind the old one's edge repeats the edge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const plane = { width: 3, height: 1, samples: Float32Array.of(0, 4, 10) };
 * assertEquals(resamplePlane(plane, 1.5, 1, 2, 1).samples, Float32Array.of(4 / 3, 8));
 * assertEquals(resamplePlane(plane, 1, 1, 4, 1).samples, Float32Array.of(0, 4, 10, 10));
 * ```
 */
export function resamplePlane(
  plane: Plane,
  scaleX: number,
  scaleY: number,
  width: number,
  height: number,
): Plane {
  const columns = spans(plane.width, scaleX, width);
  const narrow = new Float32Array(width * plane.height);
  for (let y = 0; y < plane.height; y++) {
    average(plane.samples, y * plane.width, 1, columns, narrow, y * width, 1);
  }
  const rows = spans(plane.height, scaleY, height);
  const samples = new Float32Array(width * height);
  for (let x = 0; x < width; x++) average(narrow, x, width, rows, samples, x, width);
  return { width, height, samples };
}

/** What an output sample is the mean of: first input sample, and the weight of each from there on. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spans(length: number, scale: number, count: number): Span[] {
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index * scale, (index + 1) * scale];
    const first = Math.min(Math.floor(from + 1e-9), length - 1);
    const last = Math.min(Math.max(first, Math.ceil(to - 1e-9) - 1), length - 1);
    const covered = Array.from(
      { length: last - first + 1 },
      (_, i) => Math.min(to, first + i + 1) - Math.max(from, first + i),
    );
    const sum = covered.reduce((a, b) => a + b, 0);
    return { first, weights: first === last ? [1] : covered.map((part) => part / sum) };
  });
}

function average(
  from: Float32Array,
  start: number,
  step: number,
  spans: readonly Span[],
  to: Float32Array,
  target: number,
  targetStep: number,
): void {
  for (const { first, weights } of spans) {
    let sum = 0;
    let at = start + first * step;
    for (const weight of weights) {
      sum += weight * (from[at] as number);
      at += step;
    }
    to[target] = sum;
    target += targetStep;
  }
}
