import type { ClientCommand } from "./client_command.ts";
import type { ClientFrame } from "./client_frame.ts";
import type { ClientState } from "./client_states.ts";

/** How much a log line matters. */
export type ClientLogLevel = "warning" | "info";

/**
 * What a client machine wants done or known; the host does it in the order of the array.
 *
 * - `connect`: open an RTSP connection, and the UDP ports that go with it, then call `connected()` or
 *   `disconnected()`.
 * - `datagram`: one datagram from the UDP port of RTP or of RTCP; a loss like any other if it fails.
 * - `joinGroup`: receive what is sent to a multicast group at these two ports as well, by the interface of
 *   the RTSP connection; `disconnected()` where that cannot be.
 * - `leaveGroup`: receive it no longer.
 * - `releasePorts`: what comes to the UDP ports from now on belongs to nobody; the next `connect` opens others.
 * - `write`: bytes into that connection, in one write.
 * - `close`: end the connection, or the attempt at one; no `disconnected()` follows.
 * - `state`: the state has changed.
 * - `reply`: a request was answered, with success or not.
 * - `frame`: a frame came in.
 * - `endOfStream`: the server has sent its last frame, as far as can be known.
 * - `impossible`: a command that the state does not allow; nothing was sent.
 * - `failure`: what was asked cannot be done; commands that waited are forgotten. The connection
 *   may still be there (a refusal) or not (then the state is `init`).
 * - `message`: what client and server say, for people who look on: a message of RTSP as it is on the wire.
 * - `log`: one line about an event.
 */
export type ClientOutput =
  | {
    readonly kind: "connect";
    readonly host: string;
    readonly port: number;
    /** Inside TLS. */
    readonly secure: boolean;
    /** A port for RTP, or an even one for RTP and the next for RTCP. */
    readonly udp: "none" | "single" | "pair";
  }
  | {
    readonly kind: "datagram";
    readonly channel: "rtp" | "rtcp";
    readonly address: string;
    readonly port: number;
    readonly bytes: Uint8Array;
  }
  | {
    readonly kind: "joinGroup";
    readonly group: string;
    readonly rtpPort: number;
    readonly rtcpPort: number;
  }
  | { readonly kind: "leaveGroup" }
  | { readonly kind: "releasePorts" }
  | { readonly kind: "write"; readonly bytes: Uint8Array }
  | { readonly kind: "close"; readonly reason: string }
  | { readonly kind: "state"; readonly state: ClientState }
  | {
    readonly kind: "reply";
    readonly method: string;
    readonly status: number;
    readonly reason: string;
    /** Whether its user asked for this very request; otherwise another command needed it. */
    readonly asked: boolean;
    /** A session description, where it answers DESCRIBE; otherwise empty. */
    readonly body: Uint8Array;
  }
  | { readonly kind: "frame"; readonly frame: ClientFrame }
  | { readonly kind: "endOfStream" }
  | {
    readonly kind: "impossible";
    readonly command: ClientCommand["kind"];
    readonly state: ClientState;
  }
  | {
    readonly kind: "failure";
    /** `refused`: the server said no; `failed`: protocol or network. */
    readonly outcome: "failed" | "refused";
    /** What was to be done, where, and what happened instead; no final period. */
    readonly sentence: string;
    /** The answer that it is, where it is one. */
    readonly status?: number;
    /** Set where the server seems to speak the lab dialect only. */
    readonly otherDialect?: true;
  }
  | {
    readonly kind: "message";
    readonly from: "client" | "server";
    /** With passwords and proofs: see `maskCredentials()`. */
    readonly bytes: Uint8Array;
  }
  | { readonly kind: "log"; readonly level: ClientLogLevel; readonly message: string };
