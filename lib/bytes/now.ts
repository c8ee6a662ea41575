/** The time, as an argument: pure rooms look at no clock. */
export interface Now {
  /** Milliseconds since an arbitrary start, never set back: for intervals and schedules. */
  readonly monotonicMs: number;
  /** Milliseconds since 1970-01-01 UTC: for timestamps that people and NTP see. */
  readonly unixMs: number;
}
