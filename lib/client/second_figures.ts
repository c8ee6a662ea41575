/**
 * What came in one second of playing time. The first three are always measured; of the others those that
 * the play could measure.
 */
export interface SecondFigures {
  /** How much of it was played: 1, but less for the last one; 1 where it is absent. */
  readonly seconds?: number;
  readonly packets: number;
  readonly frames: number;
  /** Of all packets, without RTP headers. */
  readonly payloadBytes: number;
  /** Packets that turned out to be missing in this second. */
  readonly lost?: number;
  /** Frames of which something came, but not all. */
  readonly broken?: number;
  /** RFC 3550 A.8, as it stood at the end of the second; `null` before two packets. */
  readonly jitterMs?: number | null;
  /** The longest time between two whole frames, of which the second came in this second. */
  readonly longestGapMs?: number | null;
  /** The smallest whole frame, in bytes; `null` where none came. */
  readonly leastFrameBytes?: number | null;
  /** The largest whole frame, in bytes; `null` where none came. */
  readonly mostFrameBytes?: number | null;
}
