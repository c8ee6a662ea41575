/** A datagram that came in. */
export interface ArrivedDatagram {
  /** Nobody else's: it is not changed any more. */
  readonly bytes: Uint8Array;
  /** The sender's literal address. */
  readonly from: string;
  readonly fromPort: number;
  /** How long it had lain in the kernel when it was read, in milliseconds; 0 where nobody knows. */
  readonly waitedMs: number;
}
