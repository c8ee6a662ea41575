/** One end of a conversation. */
export interface CapturedEnd {
  /** An IPv4 or IPv6 address, without brackets or zone. */
  readonly address: string;
  readonly port: number;
}

/** Bytes that went over the wire, as a program sees them. */
export interface CapturedBytes {
  /** When they came, or were given to the system: Unix milliseconds, with a fraction. */
  readonly unixMs: number;
  /** As this program sees it. */
  readonly direction: "in" | "out";
  /** `udp`: one datagram; `tcp`: any part of a stream, in order. */
  readonly transport: "udp" | "tcp";
  /** This program's end. */
  readonly local: CapturedEnd;
  readonly remote: CapturedEnd;
  readonly bytes: Uint8Array;
}
