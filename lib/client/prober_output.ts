import type { ProbeResult } from "./probe_result.ts";

/** `refused`: the server said no; `failed`: protocol or network. */
export type ProbeOutcome = "probed" | "refused" | "failed";

/**
 * What a prober wants done, in this order.
 *
 * - `connect`: open a connection (and, with `udp`, two UDP ports), then call `connected()` or `disconnected()`.
 * - `message`: what client and server say, for people who look on.
 * - `write`: bytes into the connection.
 * - `close`: end the connection after what was written; no `disconnected()` follows.
 * - `ended`: the result is there; nothing is to be called any more.
 */
export type ProberOutput =
  | {
    readonly kind: "connect";
    readonly host: string;
    readonly port: number;
    /** Inside TLS. */
    readonly secure: boolean;
    readonly udp: "none" | "pair";
  }
  | { readonly kind: "message"; readonly from: "client" | "server"; readonly bytes: Uint8Array }
  | { readonly kind: "write"; readonly bytes: Uint8Array }
  | { readonly kind: "close" }
  | { readonly kind: "ended"; readonly outcome: ProbeOutcome; readonly result: ProbeResult };
