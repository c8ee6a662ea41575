/** The samples of one component, row by row; whole MCUs, the edge repeated behind the picture. */
export interface SamplePlane {
  /** Samples from row to row, a multiple of 8. */
  readonly width: number;
  /** Rows, a multiple of 8. */
  readonly height: number;
  /** Around 0: from -128 to 127. */
  readonly samples: Float32Array;
}
