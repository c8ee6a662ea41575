/** How media may come; `auto` tries UDP, and TCP where that brings nothing. */
export type TransportWish = "auto" | "udp" | "tcp" | "multicast";

/** What its user wants of a play in the standard dialect. */
export interface PlayWishes {
  readonly transport: TransportWish;
  /** Where to start, in seconds. */
  readonly startSeconds?: number;
  /** Where to end, in seconds. */
  readonly endSeconds?: number;
  /** How fast the movie goes by; negative is backwards (RFC 2326 §12.34). */
  readonly scale?: number;
  /** How fast it is sent (RFC 2326 §12.35). */
  readonly speed?: number;
}
