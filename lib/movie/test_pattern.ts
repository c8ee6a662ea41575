/** What a test movie looks like. */
export interface TestPattern {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  readonly framesPerSecond: number;
}

const DEFAULT_PATTERN: TestPattern = { width: 640, height: 480, framesPerSecond: 25 };
const LIMITS = { width: [160, 3840], height: [120, 2160], framesPerSecond: [1, 120] } as const;
/** The changing part is as high as a sixth of the width, and has to leave room above it. */
const MOST_ASPECT = 4;

/**
 * Reads how a test movie is wanted from the query of its URL: `size=640x480&fps=30`, either of which may
 * be left out: then it is 640 x 480 pixels and 25 frames a second.
 *
 * @param query Without the question mark; may be empty.
 * @returns The pattern, or what is wrong, as a clause: sizes are 160x120 to 3840x2160, at most four times
 * as wide as high, rates 1 to 120.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const pattern = parseTestPattern("size=320x240");
 * assertEquals(pattern, { width: 320, height: 240, framesPerSecond: 25 });
 * assertEquals(parseTestPattern("fps=500"), 'fps is "500", not a number from 1 to 120');
 * ```
 */
export function parseTestPattern(query: string): TestPattern | string {
  let pattern = DEFAULT_PATTERN;
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (seen.has(name)) return `${JSON.stringify(name)} is given twice`;
    seen.add(name);
    const shown = JSON.stringify(value);
    if (name === "size") {
      const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(value)?.map(Number) ?? [];
      if (!isWithin("width", width) || !isWithin("height", height)) {
        return `size is ${shown}, not from 160x120 to 3840x2160`;
      }
      pattern = { ...pattern, width, height };
    } else if (name === "fps") {
      const rate = /^\d{1,3}(\.\d{1,3})?$/.test(value) ? Number(value) : undefined;
      if (!isWithin("framesPerSecond", rate)) return `fps is ${shown}, not a number from 1 to 120`;
      pattern = { ...pattern, framesPerSecond: rate };
    } else {
      return `${JSON.stringify(name)} is unknown, there are size and fps`;
    }
  }
  const { width, height } = pattern;
  if (width <= MOST_ASPECT * height) return pattern;
  return `${width} x ${height} is more than ${MOST_ASPECT} times as wide as high`;
}

function isWithin(limit: keyof typeof LIMITS, value: number | undefined): value is number {
  const [least, most] = LIMITS[limit];
  return value !== undefined && value >= least && value <= most;
}
