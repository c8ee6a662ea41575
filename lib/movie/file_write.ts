/** Bytes that belong at a place in a file, which grows where it has to. */
export interface FileWrite {
  readonly offset: number;
  readonly bytes: Uint8Array;
}
