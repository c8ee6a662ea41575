/** A part of a file. */
export interface ByteRange {
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}
