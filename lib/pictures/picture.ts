/** A picture in memory. */
export interface Picture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** RGB, row by row from the top. */
  readonly pixels: Uint8Array | Uint8ClampedArray;
}
