/** What a client has received so far, in counts; which dialect it speaks makes no difference. */
export interface Reception {
  /** Packets, each that came and could be read. */
  readonly received: number;
  /** Sequence numbers from the first to the highest (RFC 3550 A.3). */
  readonly expected: number;
  /** Sequence numbers among them that never came. */
  readonly lost: number;
  /** Packets that came again. */
  readonly duplicate: number;
  /** Packets that came when their place had been given up. */
  readonly late: number;
  /** Packets that came behind a newer one, still in time. */
  readonly reordered: number;
  /** Datagrams that are no packets of this stream: too short, or from another address. */
  readonly foreign: number;
  /** Frames that were given out. */
  readonly whole: number;
  /** Frames of which something came, but not all. */
  readonly broken: number;
  /** The broken ones by what was wrong with them, where that is known. */
  readonly brokenBy: Readonly<Record<string, number>>;
  /** RFC 3550 A.8; `undefined` before two packets. */
  readonly jitterMs: number | undefined;
  /** What spacing the arrivals were measured against. */
  readonly jitterBasis: JitterBasis;
}

/**
 * `timestamps`: those of the packets, as A.8 has it; `mean interval`: that between frames, where the
 * timestamps are too coarse to say (whole seconds in the lab).
 */
export type JitterBasis = "timestamps" | "mean interval";
