/** Makes pictures smaller; somewhere that holds up no stream. */
export interface JpegScaler {
  /**
   * The same picture with this width, or as it is where it is no wider.
   *
   * @throws {Error} One sentence: why the bytes are no picture that we decode.
   */
  scale(jpeg: Uint8Array, width: number): Promise<Uint8Array>;
  /** Scales nothing more; what is asked for then is refused. */
  close(): void;
}
