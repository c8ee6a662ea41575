/*
 * A galloping horse as a silhouette: tapered limbs around a skeleton whose joints follow key angles.
 * Lengths are in parts of the horse's height; x points forwards, y up, and the ground is y = 0.
 */

/** A limb: a line from point to point with a radius at either end. */
interface Limb {
  readonly x0: number;
  readonly y0: number;
  readonly r0: number;
  readonly x1: number;
  readonly y1: number;
  readonly r1: number;
}

type Point = readonly [x: number, y: number];

/** A horse in one moment of its stride. */
export interface HorsePose {
  /** Body, head and the legs of the near side. */
  readonly near: readonly Limb[];
  /** The legs of the far side. */
  readonly far: readonly Limb[];
}

/**
 * Degrees from straight down, forwards positive, at equal steps of a stride that begins when the
 * hoof touches the ground and leaves it after a third.
 */
const FORE_ANGLES = [
  [34, 14, -8, -34, -34, -8, 30, 62, 66, 48],
  [32, 12, -10, -44, -98, -112, -78, -22, 40, 44],
  [62, 52, 30, -30, -120, -150, -120, -60, 20, 60],
];
const HIND_ANGLES = [
  [44, 30, 8, -12, -16, -2, 20, 42, 54, 54],
  [-2, -20, -40, -58, -76, -78, -66, -44, -18, -2],
  [30, 12, -12, -46, -48, -22, 2, 24, 40, 42],
  [60, 44, 14, -40, -96, -84, -52, -14, 24, 52],
];

/** When each leg begins its stride: a gallop on the right lead. */
const STARTS = { nearHind: 0, farHind: 0.12, nearFore: 0.34, farFore: 0.46 };

/**
 * The horse at a moment of its stride.
 *
 * @param phase 0 to 1, then again.
 */
export function galloping(phase: number): HorsePose {
  const wave = (turns: number, shift = 0) => Math.sin(2 * Math.PI * (phase * turns + shift));
  const pitch = 0.055 * wave(1, 0.42);
  const [cos, sin] = [Math.cos(pitch), Math.sin(pitch)];
  const lift = 0.7 + 0.022 * wave(1, -0.42);
  const place = ([x, y]: Point): Point => [x * cos - y * sin, lift + x * sin + y * cos];
  const nod = 0.03 * wave(1, 0.55);

  const limb = (from: Point, r0: number, to: Point, r1: number) =>
    line(place(from), r0, place(to), r1);
  const body = [
    limb([0.3, 0], 0.175, [0.02, -0.01], 0.175),
    limb([0.02, 0], 0.17, [-0.3, 0.045], 0.14),
    limb([-0.26, 0.05], 0.15, [-0.38, 0.03], 0.145),
    limb([0.22, 0.11], 0.08, [0.0, 0.1], 0.07),
    limb([0.32, 0.05], 0.155, [0.6, 0.29 + nod], 0.074),
    limb([0.6, 0.29 + nod], 0.068, [0.7, 0.36 + nod], 0.062),
    limb([0.71, 0.35 + nod], 0.07, [0.93, 0.2 + nod], 0.036),
    limb([0.93, 0.2 + nod], 0.04, [0.955, 0.19 + nod], 0.034),
    limb([0.67, 0.42 + nod], 0.024, [0.63, 0.49 + nod], 0.008),
  ];
  const hair = [...tail(place, wave), ...mane(place, wave, nod)];
  const fore = (start: number) => leg(place([0.29, -0.09]), FORE_ANGLES, phase - start, FORE_LEG);
  const hind = (start: number) => leg(place([-0.37, 0.0]), HIND_ANGLES, phase - start, HIND_LEG);
  return {
    near: [...body, ...hair, ...fore(STARTS.nearFore), ...hind(STARTS.nearHind)],
    far: [...fore(STARTS.farFore), ...hind(STARTS.farHind)],
  };
}

/** How far a point is from the limbs' outline, negative inside; joints are rounded off. */
export function distanceToLimbs(limbs: readonly Limb[], x: number, y: number): number {
  const soft = 0.022;
  let distance = 9;
  for (const { x0, y0, r0, x1, y1, r1 } of limbs) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, along));
    const own = Math.hypot(x - x0 - t * dx, y - y0 - t * dy) - r0 - (r1 - r0) * t;
    const overlap = Math.max(0, soft - Math.abs(distance - own)) / soft;
    distance = Math.min(distance, own) - overlap * overlap * soft / 4;
  }
  return distance;
}

/** Length and radii of each part of a leg, from above. */
type LegParts = readonly (readonly [length: number, r0: number, r1: number])[];
const FORE_LEG: LegParts = [[0.27, 0.095, 0.042], [0.2, 0.038, 0.028], [0.1, 0.027, 0.04]];
const HIND_LEG: LegParts = [
  [0.22, 0.15, 0.1],
  [0.24, 0.085, 0.042],
  [0.22, 0.038, 0.028],
  [0.1, 0.027, 0.04],
];

function leg(hip: Point, angles: readonly number[][], phase: number, parts: LegParts): Limb[] {
  let from = hip;
  return parts.map(([length, r0, r1], i) => {
    const angle = keyed(angles[i] ?? [], phase) * Math.PI / 180;
    const to: Point = [from[0] + length * Math.sin(angle), from[1] - length * Math.cos(angle)];
    const part = line(from, r0, to, r1);
    from = to;
    return part;
  });
}

function tail(place: (p: Point) => Point, wave: (turns: number, shift?: number) => number): Limb[] {
  const points: Point[] = [
    [-0.5, 0.11],
    [-0.62, 0.16 + 0.01 * wave(1)],
    [-0.77, 0.13 + 0.03 * wave(1, -0.12)],
    [-0.92, 0.06 + 0.05 * wave(1, -0.25)],
    [-1.04, 0.02 + 0.07 * wave(1, -0.38)],
  ];
  return chain(points.map(place), [0.035, 0.042, 0.05, 0.032, 0.006]);
}

function mane(
  place: (p: Point) => Point,
  wave: (turns: number, shift?: number) => number,
  nod: number,
): Limb[] {
  return [0, 1, 2, 3].flatMap((lock) => {
    const [x, y] = [0.62 - lock * 0.08, 0.355 - lock * 0.062 + nod * (1 - lock / 4)];
    const flutter = 0.02 * wave(1, -0.1 * lock);
    const points: Point[] = [[x, y], [x - 0.08, y + 0.035 + flutter], [
      x - 0.15,
      y + 0.03 - flutter,
    ]];
    return chain(points.map(place), [0.04, 0.026, 0.005]);
  });
}

function chain(points: readonly Point[], radii: readonly number[]): Limb[] {
  return points.slice(1).map((to, i) =>
    line(points[i] as Point, radii[i] as number, to, radii[i + 1] as number)
  );
}

function line(from: Point, r0: number, to: Point, r1: number): Limb {
  return { x0: from[0], y0: from[1], r0, x1: to[0], y1: to[1], r1 };
}

/** The value between keys at equal steps of a cycle, smoothly (Catmull-Rom). */
function keyed(keys: readonly number[], phase: number): number {
  const place = (phase - Math.floor(phase)) * keys.length;
  const first = Math.floor(place);
  const t = place - first;
  const key = (n: number) => keys[(first + n + keys.length) % keys.length] as number;
  const [a, b, c, d] = [key(-1), key(0), key(1), key(2)];
  return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
