import { dot, glint, LAMP, smoothstep, type Vector } from "./backdrop.ts";
import { FigureStrip, type Light, mix } from "./figure_strip.ts";

/** Slits, and figures on the strip. */
export const FIGURES = 10;
/** Radians from slit to slit. */
export const PITCH = 2 * Math.PI / FIGURES;
/** The drum's height, its radius being 1. */
export const HEIGHT = 0.8;

const SLIT = { low: 0.525, high: 0.735, halfWidth: 0.06 };
const STRIP_LOW = 0.075;
const STRIP_HIGH = 0.475;
const LACQUER: Light = [0.062, 0.011, 0.009];
const GOLD: Light = [0.62, 0.38, 0.13];
const LINING: Light = [0.085, 0.045, 0.026];
const FLOOR: Light = [0.12, 0.065, 0.035];

/** A place on the drum with what never changes there while it turns. */
export interface Place {
  /** Radians around the axis, from the right towards the back. */
  readonly angle: number;
  readonly z: number;
  /** Lamp light that comes at this slope, 0 to 1, and its mirror image. */
  readonly lambert: number;
  readonly glint: number;
  /** 1 where the eye looks at it squarely, 0 along it. */
  readonly facing: number;
}

/** A place inside, with the point of the drum's wall through which or over which its light comes. */
export interface InnerPlace extends Place {
  readonly kind: "wall" | "floor";
  readonly lightAngle: number;
  readonly lightZ: number;
}

const strip = new FigureStrip(FIGURES);

export function outerPlace(p: Vector, ray: Vector): Place {
  const normal: Vector = [p[0], p[1], 0];
  return {
    angle: Math.atan2(p[1], p[0]),
    z: p[2],
    lambert: Math.max(0, dot(normal, LAMP)),
    glint: glint(normal, ray, 26),
    facing: -dot(normal, ray),
  };
}

export function innerPlace(p: Vector, ray: Vector, kind: "wall" | "floor"): InnerPlace {
  const normal: Vector = kind === "wall" ? [-p[0], -p[1], 0] : [0, 0, 1];
  const b = p[0] * LAMP[0] + p[1] * LAMP[1];
  const a = LAMP[0] ** 2 + LAMP[1] ** 2;
  const t = (-b + Math.sqrt(Math.max(0, b * b - a * (p[0] ** 2 + p[1] ** 2 - 1)))) / a;
  return {
    kind,
    angle: Math.atan2(p[1], p[0]),
    z: p[2],
    lambert: Math.max(0, dot(normal, LAMP)),
    glint: 0,
    facing: -dot(normal, ray),
    lightAngle: Math.atan2(p[1] + t * LAMP[1], p[0] + t * LAMP[0]),
    lightZ: p[2] + t * LAMP[2],
  };
}

/** How open the wall is at a place: 1 in a slit, 0 beside it. */
export function opening({ angle, z, facing }: Place, turn: number): number {
  return slit(angle, z, turn, 0.006 / Math.max(0.1, facing));
}

/** How much of a slit is at a place, with edges of this half width in parts of the pitch. */
function slit(angle: number, z: number, turn: number, soft: number): number {
  if (z < SLIT.low - soft || z > SLIT.high + soft) return 0;
  const place = (angle - turn) / PITCH;
  const across = Math.abs(place - Math.floor(place) - 0.5);
  const side = smoothstep(SLIT.halfWidth + soft, SLIT.halfWidth - soft, across);
  const [low, high] = [SLIT.low, SLIT.high];
  return side * smoothstep(low - soft, low + soft, z) * smoothstep(high + soft, high - soft, z);
}

/** The lacquered outside, between the slits. */
export function outside({ angle, z, lambert, glint, facing }: Place, turn: number): Light {
  const gold = Math.max(lines(z), smoothstep(0.15, 0.4, facing) * lozenges(angle, z, turn));
  const light = 0.2 + 1.05 * lambert;
  const shine = glint * (0.1 + 0.5 * gold);
  const base = mix(LACQUER, GOLD, gold);
  return [base[0] * light + shine, base[1] * light + shine * 0.78, base[2] * light + shine * 0.52];
}

/** Rims and lines around the drum: 0 to 1. */
function lines(z: number): number {
  const band = (middle: number, half: number) =>
    smoothstep(half + 0.004, half - 0.004, Math.abs(z - middle));
  return Math.max(band(0.782, 0.018), band(0.018, 0.018), band(0.455, 0.006), band(0.075, 0.005));
}

/** A lozenge under each slit and a small one between two: 0 to 1. */
function lozenges(angle: number, z: number, turn: number): number {
  const place = (angle - turn) / PITCH;
  const across = Math.abs(place - Math.floor(place) - 0.5) * PITCH;
  const up = Math.abs(z - 0.265);
  const large = across / 0.075 + up / 0.125;
  const small = (PITCH / 2 - across) / 0.022 + up / 0.037;
  const ring = 0.9 * smoothstep(0.09, 0.05, Math.abs(large - 1));
  return Math.max(ring, smoothstep(0.5, 0.42, large), smoothstep(1.15, 0.95, small));
}

/** The lining with the strip of figures, or the floor; lit over the rim and through the slits. */
export function inside(place: InnerPlace, turn: number): Light {
  const { kind, angle, z, lambert, lightAngle, lightZ } = place;
  const over = smoothstep(HEIGHT - 0.07, HEIGHT + 0.07, lightZ);
  const through = slit(lightAngle, lightZ, turn, 0.035);
  const lamp = Math.max(over, 0.9 * through);
  const depth = kind === "wall" ? 0.72 + 0.28 * smoothstep(0, 0.35, z) : 0.6;
  const light = depth * (0.2 + 1.2 * lambert * lamp);
  let colour = FLOOR;
  if (kind === "wall") {
    colour = LINING;
    if (z > HEIGHT - 0.02) colour = GOLD;
    if (z > STRIP_LOW && z < STRIP_HIGH) {
      const down = (STRIP_HIGH - z) / (STRIP_HIGH - STRIP_LOW);
      // From inside, a growing angle runs to the left; the figures follow each other in time.
      const around = (angle - turn) / PITCH;
      const figure = Math.floor(around);
      colour = strip.colour(figure + 1 - (around - figure), down);
    }
  }
  return [colour[0] * light, colour[1] * light, colour[2] * light];
}
