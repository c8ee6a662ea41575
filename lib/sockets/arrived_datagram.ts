/** A datagram that came in. */
export interface ArrivedDatagram {
  /** Nobody else's: it is not changed any more. */
  readonly bytes: Uint8Array;
  /** The sender's literal address. */
  readonly from: string;
  readonly fromPort: number;
  /** When the kernel got it, or else when it was read, by the monotonic clock. */
  readonly arrivedMs: number;
}
