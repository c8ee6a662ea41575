import { type Light, mix } from "./figure_strip.ts";

/** Right, away from the camera, up; the drum's floor is the origin and its radius 1. */
export type Vector = readonly [x: number, y: number, z: number];

/** Towards the lamp: to the left, in front, above. */
export const LAMP: Vector = [-0.62, -0.42, 0.663];

const TABLE_Z = -0.42;
const WALL_Y = 3.4;
const WOOD: Light = [0.25, 0.105, 0.04];
const STAND: Light = [0.19, 0.07, 0.027];

/** What is behind and under the drum, along a ray: the stand, the table, the wall. */
export function backdrop(from: Vector, ray: Vector): Light {
  const stand = traceStand(from, ray);
  if (stand !== undefined) return stand;
  const toTable = (TABLE_Z - from[2]) / ray[2];
  const y = ray[2] < 0 ? from[1] + toTable * ray[1] : Infinity;
  const edge = smoothstep(WALL_Y - 0.75, WALL_Y + 0.75, y);
  const wall = edge > 0 ? wallColour(from, ray) : WOOD;
  if (edge === 1) return wall;
  return mix(tableColour(from[0] + toTable * ray[0], y), wall, edge);
}

function wallColour(from: Vector, ray: Vector): Light {
  const t = (WALL_Y - from[1]) / ray[1];
  const [x, z] = [from[0] + t * ray[0], from[2] + t * ray[2]];
  const glow = Math.exp(-((x + 1.1) ** 2 * 0.2 + (z - 1.25) ** 2 * 0.28));
  return [0.022 + 0.42 * glow, 0.015 + 0.225 * glow, 0.012 + 0.09 * glow];
}

function tableColour(x: number, y: number): Light {
  const bend = y + 0.09 * Math.sin(x * 1.3 + 0.6);
  const grain = 1 + 0.08 * Math.sin(bend * 8 + Math.sin(x * 0.9) * 1.4) +
    0.03 * Math.sin(bend * 17 + x * 0.7);
  const falloff = 1.25 / (1 + 0.16 * ((x + 1.1) ** 2 + (y + 0.9) ** 2));
  // The lamp's shadow of the drum, and what the stand takes of the light from all sides.
  const shadow = 1 - 0.78 * smoothstep(0.3, -0.3, distanceToShadow(x, y));
  const contact = 1 - 0.75 * smoothstep(0.85, 0.42, Math.hypot(x, y));
  const light = grain * falloff * shadow * contact;
  return [WOOD[0] * light + 0.004, WOOD[1] * light + 0.003, WOOD[2] * light + 0.002];
}

/** How far a place on the table is outside the drum's shadow; negative inside. */
function distanceToShadow(x: number, y: number): number {
  const [low, high] = [-TABLE_Z / LAMP[2], (0.8 - TABLE_Z) / LAMP[2]];
  const [dx, dy] = [LAMP[0], LAMP[1]];
  const nearest = -(x * dx + y * dy) / (dx * dx + dy * dy);
  const t = Math.min(high, Math.max(low, nearest));
  return Math.hypot(x + t * dx, y + t * dy) - 1;
}

/** The turned foot, by sphere tracing; `undefined` where the ray passes it. */
function traceStand(from: Vector, ray: Vector): Light | undefined {
  let t = 3;
  for (let step = 0; step < 120 && t < 8; step++) {
    const p: Vector = [from[0] + t * ray[0], from[1] + t * ray[1], from[2] + t * ray[2]];
    const distance = distanceToStand(Math.hypot(p[0], p[1]), p[2]);
    if (distance < 0.0008) return standColour(p, ray);
    t += distance * 0.9;
  }
  return undefined;
}

/** Distance from the stand's profile at a radius and height. */
function distanceToStand(radius: number, z: number): number {
  const disc = (r: number, low: number, high: number, round: number) => {
    const dr = radius - (r - round);
    const dz = Math.abs(z - (low + high) / 2) - ((high - low) / 2 - round);
    return Math.hypot(Math.max(dr, 0), Math.max(dz, 0)) + Math.min(Math.max(dr, dz), 0) - round;
  };
  const foot = Math.min(disc(0.6, TABLE_Z, TABLE_Z + 0.075, 0.035), disc(0.5, TABLE_Z, -0.3, 0.03));
  const neck = Math.min(disc(0.13, -0.4, 0, 0.01), disc(0.2, -0.2, -0.13, 0.035));
  return Math.min(foot, neck, disc(0.32, -0.06, 0, 0.02));
}

function standColour(p: Vector, ray: Vector): Light {
  const radius = Math.hypot(p[0], p[1]);
  const e = 0.002;
  const out = distanceToStand(radius + e, p[2]) - distanceToStand(radius - e, p[2]);
  const up = distanceToStand(radius, p[2] + e) - distanceToStand(radius, p[2] - e);
  const length = Math.hypot(out, up) * radius;
  const normal: Vector = [p[0] * out / length, p[1] * out / length, up * radius / length];
  const lit = smoothstep(-0.25, 0.25, distanceToShadow(p[0], p[1]) + 0.1);
  const light = 0.16 + 0.9 * Math.max(0, dot(normal, LAMP)) * (0.22 + 0.78 * lit);
  const shine = 0.3 * glint(normal, ray, 28) * (0.3 + 0.7 * lit);
  return [
    STAND[0] * light + shine,
    STAND[1] * light + shine * 0.75,
    STAND[2] * light + shine * 0.5,
  ];
}

/** How strongly a surface mirrors the lamp (Blinn). */
export function glint(normal: Vector, ray: Vector, sharpness: number): number {
  const half: Vector = [LAMP[0] - ray[0], LAMP[1] - ray[1], LAMP[2] - ray[2]];
  return Math.max(0, dot(normal, half) / Math.hypot(...half)) ** sharpness;
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** 0 at `from`, 1 at `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
