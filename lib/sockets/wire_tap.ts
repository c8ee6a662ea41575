import type { Now } from "../bytes/now.ts";

/** Bytes that went over the wire; nobody changes them before the call has returned. */
export interface WireBytes {
  /** `closed`: the TCP connection has ended. */
  readonly direction: "in" | "out" | "closed";
  /** `udp`: one datagram; `tcp`: what was read or written at once. */
  readonly transport: "udp" | "tcp";
  readonly bytes: Uint8Array;
  /** `undefined` where it is not known. */
  readonly localAddress: string | undefined;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** When; of a datagram that came, when the kernel got it, where that is known. */
  readonly now: Now;
}

/** Who looks on at the wire. */
export type WireTap = (bytes: WireBytes) => void;
