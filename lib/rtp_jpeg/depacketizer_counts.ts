import type { DropReason } from "./depacketizer_output.ts";

/** What went through a `JpegDepacketizer`. */
export interface JpegDepacketizerCounts {
  /** Whole frames. */
  readonly frames: number;
  /** Frames with a hole, given out by `keepBroken`. */
  readonly broken: number;
  /** Frames dropped, by reason. */
  readonly dropped: ReadonlyMap<DropReason, number>;
  /** Packets without use: repeated, or of a frame that was finished before. */
  readonly strayPackets: number;
}
