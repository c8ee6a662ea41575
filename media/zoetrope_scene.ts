import type { PixelCanvas } from "../lib/movie/pixel_canvas.ts";
import { backdrop, type Vector } from "./backdrop.ts";
import * as drum from "./drum.ts";
import { type Light, mix } from "./figure_strip.ts";

/** Rays a pixel, across and down. */
const RAYS = 3;
/** Pixels from ray to ray: they reach a little into the neighbours, like a lens. */
const STEP = 0.48;
const CAMERA = { distance: 5.2, elevation: 25 * Math.PI / 180, target: 0.24, focal: 1.92 };
/** How far the middle of the scale is steepened. */
const CONTRAST = 0.55;
const BLACK: Light = [0, 0, 0];

/** What a ray meets, from front to back; only the drum's turn is still open. */
interface Sight {
  readonly outer: drum.Place | undefined;
  readonly inner: drum.InnerPlace | undefined;
  readonly behind: Light;
}

/** A zoetrope on a table in lamp light, seen from above the rim. */
export class ZoetropeScene {
  readonly #width: number;
  readonly #sights: readonly (readonly Sight[])[];
  /** Pixels that the drum does not touch. */
  readonly #still: readonly (Light | undefined)[];

  /**
   * @param width In pixels.
   * @param height In pixels; the picture may be higher, what is below stays as it is.
   */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#sights = Array.from(
      { length: width * height },
      (_, i) => pixelSights(i % width, Math.floor(i / width), width, height),
    );
    this.#still = this.#sights.map((sights) =>
      sights.some(({ outer, inner }) => outer !== undefined || inner !== undefined)
        ? undefined
        : average(sights.map(({ behind }) => behind))
    );
  }

  /** Draws the scene with the drum turned by radians, seen from above against the clock. */
  draw(canvas: PixelCanvas, turn: number): void {
    this.#sights.forEach((sights, i) => {
      const light = this.#still[i] ?? average(sights.map((sight) => seen(sight, turn)));
      const [x, y] = [i % this.#width, Math.floor(i / this.#width)];
      canvas.blend(x, y, [exposed(light[0]), exposed(light[1]), exposed(light[2])], 1);
    });
  }
}

function pixelSights(x: number, y: number, width: number, height: number): Sight[] {
  return Array.from({ length: RAYS * RAYS }, (_, n) => {
    const across = (x + 0.5 + (n % RAYS - 1) * STEP - width / 2) / width;
    const down = (y + 0.5 + (Math.floor(n / RAYS) - 1) * STEP - height * 0.455) / width;
    return look(across, down);
  });
}

/** Follows one ray; coordinates in parts of the picture's width, from the middle. */
function look(across: number, down: number): Sight {
  const { distance, elevation, target, focal } = CAMERA;
  const [cos, sin] = [Math.cos(elevation), Math.sin(elevation)];
  const from: Vector = [0, -distance * cos, target + distance * sin];
  const [x, y, z] = [across, focal * cos - down * sin, -focal * sin - down * cos];
  const length = Math.hypot(x, y, z);
  const ray: Vector = [x / length, y / length, z / length];
  const vignette = 1 - 0.9 * (across * across + down * down);
  const [red, green, blue] = backdrop(from, ray);
  const behind: Light = [red * vignette, green * vignette, blue * vignette];

  const a = ray[0] ** 2 + ray[1] ** 2;
  const b = from[1] * ray[1];
  const root = b * b - a * (from[1] ** 2 - 1);
  if (root < 0) return { outer: undefined, inner: undefined, behind };
  const at = (t: number): Vector => [t * ray[0], from[1] + t * ray[1], from[2] + t * ray[2]];
  const near = at((-b - Math.sqrt(root)) / a);
  const far = at((-b + Math.sqrt(root)) / a);
  const onWall = (p: Vector) => p[2] >= 0 && p[2] <= drum.HEIGHT;
  const outer = onWall(near) ? drum.outerPlace(near, ray) : undefined;
  if (near[2] < 0 || far[2] > drum.HEIGHT) return { outer, inner: undefined, behind };
  const inner = far[2] >= 0
    ? drum.innerPlace(far, ray, "wall")
    : drum.innerPlace(at(-from[2] / ray[2]), ray, "floor");
  return { outer, inner, behind };
}

function seen({ outer, inner, behind }: Sight, turn: number): Light {
  let light = behind;
  if (inner !== undefined) {
    const open = inner.kind === "wall" ? drum.opening(inner, turn) : 0;
    light = open === 1 ? behind : mix(drum.inside(inner, turn), behind, open);
  }
  if (outer !== undefined) {
    const open = drum.opening(outer, turn);
    light = open === 1 ? light : mix(drum.outside(outer, turn), light, open);
  }
  return light;
}

function average(lights: readonly Light[]): Light {
  const sum = lights.reduce<Light>(
    (total, light) => [total[0] + light[0], total[1] + light[1], total[2] + light[2]],
    BLACK,
  );
  return [sum[0] / lights.length, sum[1] / lights.length, sum[2] / lights.length];
}

/** Linear light to a sample of the picture: highlights roll off, then the gamma of a screen. */
function exposed(light: number): number {
  const bright = 2.1 * light;
  const rolled = Math.min(1, bright * (1 + bright / 5) / (1 + bright));
  const level = rolled ** (1 / 2.2);
  return 255 * (level + CONTRAST * (level * level * (3 - 2 * level) - level));
}
