import type { MovieLease } from "../movie/movie_lease.ts";
import type { PacketizedFrame } from "../rtp/packetized_frame.ts";

/** Which RTSP connection, as the host numbers them; never used twice. */
export type ConnectionId = number;

/** Datagrams to the peer, or to a multicast group. */
export interface UdpRoute {
  readonly kind: "udp";
  /** A literal address. */
  readonly address: string;
  /** Where RTP goes. */
  readonly port: number;
  /** Where RTCP goes; absent in the lab dialect, which has none. */
  readonly controlPort?: number;
}

/** Blocks inside an RTSP connection (RFC 2326 §10.12). */
export interface InterleavedRoute {
  readonly kind: "interleaved";
  readonly connection: ConnectionId;
  /** Of RTP. */
  readonly channel: number;
  /** Of RTCP. */
  readonly controlChannel: number;
}

/** Where a session's media goes. */
export type MediaRoute = UdpRoute | InterleavedRoute;

/** What the packets of one frame have in common (RFC 3550 §5.1). */
export interface FrameHeader {
  readonly payloadType: number;
  /** Of the first packet; how it goes on says the frame's `sequenceStep`. */
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

/** How much a log line matters. */
export type LogLevel = "error" | "warning" | "info" | "trace";

/** One line of the log. */
export interface LogEvent {
  readonly kind: "log";
  readonly level: LogLevel;
  /** Address and port of whom it is about. */
  readonly peer?: string;
  readonly session?: string;
  readonly message: string;
}

/**
 * What the machine wants done; the host does it in the order of the array.
 *
 * - `write`: bytes into an RTSP connection, in one write.
 * - `close`: the connection, after what was written before.
 * - `openMovie`: look a movie up, then call `movieOpened()` with the same ticket.
 * - `releaseMovie`: nobody here uses the movie any more, once for each one opened.
 * - `frame`: all packets of one frame to one listener.
 * - `control`: one RTCP datagram to one listener.
 * - `log`: one line about an event; `trace` lines only where they were asked for.
 */
export type ServerOutput =
  | { readonly kind: "write"; readonly connection: ConnectionId; readonly bytes: Uint8Array }
  | { readonly kind: "close"; readonly connection: ConnectionId; readonly reason: string }
  | { readonly kind: "openMovie"; readonly ticket: number; readonly path: string }
  | { readonly kind: "releaseMovie"; readonly lease: MovieLease }
  | {
    readonly kind: "frame";
    readonly session: string;
    readonly route: MediaRoute;
    readonly header: FrameHeader;
    readonly frame: PacketizedFrame;
  }
  | {
    readonly kind: "control";
    readonly session: string;
    readonly route: MediaRoute;
    readonly bytes: Uint8Array;
  }
  | LogEvent;
