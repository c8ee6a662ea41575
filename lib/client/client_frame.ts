/** One frame that came in. */
export interface ClientFrame {
  /** A JPEG file; nobody changes it, and it may be kept. */
  readonly jpeg: Uint8Array;
  /** From 1, counting the frames that this client gave out, over pauses and sessions. */
  readonly number: number;
  /** Of its first packet, 16 bits. */
  readonly sequence: number;
  /** 32 bits; what a unit of it is, the sender knows. */
  readonly rtpTimestamp: number;
  /** Monotonic milliseconds: when it was whole and its turn had come. */
  readonly arrivalMs: number;
  /** Whether all of it came; a decoder shows the rest of an incomplete one in grey. */
  readonly complete: boolean;
  /** When it was taken, in Unix milliseconds, by the server's clock: once a sender report came. */
  readonly ntpUnixMs?: number;
  /**
   * Its place in the movie in seconds, where the server has said where the play begins. It goes on counting
   * when the movie starts over: beyond the end, in reverse below 0.
   */
  readonly positionSeconds?: number;
}
