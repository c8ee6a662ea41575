// The npm packages carry no types: the parts of d3 that we use.
declare module "d3-scale" {
  /** Maps numbers of its domain to those of its range. */
  export interface LinearScale {
    (value: number): number;
    domain(ends: readonly [number, number]): this;
    range(ends: readonly [number, number]): this;
    /** Widens the domain to round numbers. */
    nice(count: number): this;
    /** About so many round numbers in the domain. */
    ticks(count: number): number[];
    /** How to write these. */
    tickFormat(count: number): (value: number) => string;
  }
  /** From 0 to 1, to the same. */
  export function scaleLinear(): LinearScale;
}
declare module "d3-shape" {
  /** How points are joined. */
  export interface CurveFactory {
    readonly name: string;
  }
  /** Each value stands until the next point. */
  export const curveStepAfter: CurveFactory;
  /** Writes the path of a line through points. */
  export interface Line<Point> {
    (points: readonly Point[]): string | null;
    defined(isThere: (point: Point) => boolean): this;
    x(place: (point: Point) => number): this;
    y(place: (point: Point) => number): this;
    curve(factory: CurveFactory): this;
  }
  /** Writes the path of the area between two lines. */
  export interface Area<Point> {
    (points: readonly Point[]): string | null;
    defined(isThere: (point: Point) => boolean): this;
    x(place: (point: Point) => number): this;
    y0(place: (point: Point) => number): this;
    y1(place: (point: Point) => number): this;
    curve(factory: CurveFactory): this;
  }
  export function line<Point>(): Line<Point>;
  export function area<Point>(): Area<Point>;
}
