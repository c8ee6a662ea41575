import { formatEndpoint } from "./peer.ts";
import type { ServerSession } from "./server_session.ts";
import type { SessionState } from "./session_states.ts";
import { StandardSession } from "./standard_session.ts";

/** One session as the HTTP interface shows it: plain values, ready for JSON. */
export interface SessionView {
  readonly id: string;
  readonly dialect: "lab" | "standard";
  /** Address and port of the RTSP connection's other end. */
  readonly peer: string;
  /** Who is logged in; `null` where nobody needs to. */
  readonly user: string | null;
  /** As in the URL. */
  readonly movie: string;
  readonly state: SessionState;
  readonly transport: "udp" | "tcp" | "multicast";
  /** Where media goes: an address and port, or a channel of the connection. */
  readonly route: string;
  /** The frame to come, from 1; at the movie's end, one more than it has. */
  readonly nextFrame: number;
  /** Of the movie, at normal speed. */
  readonly framesPerSecond: number;
  /** Frames sent. */
  readonly frames: number;
  /** Frames that could not be packed. */
  readonly skipped: number;
  readonly packets: number;
  /** Payload bytes sent, without RTP headers. */
  readonly octets: number;
  /** What the listener last reported of what it received; `null` before, and in the lab dialect. */
  readonly reception: {
    /** Lost since the report before, 0 to 1. */
    readonly fractionLost: number;
    /** Packets lost since the start; negative where duplicates came. */
    readonly cumulativeLost: number;
    readonly jitterMs: number;
    /** `null` before the listener had a report of ours. */
    readonly roundTripMs: number | null;
    /** When the report came, in Unix milliseconds. */
    readonly atUnixMs: number;
  } | null;
}

/** What a session is doing at this moment. The members of a multicast group share their counts. */
export function viewSession(session: ServerSession): SessionView {
  const { id, dialect, peer, lease: { movie }, state, route } = session;
  const standard = session instanceof StandardSession ? session : undefined;
  const playback = standard?.carrier?.playback ?? session.playback;
  const isMulticast = standard?.carrier !== undefined;
  const reception = standard?.reception;
  return {
    id,
    dialect,
    peer: formatEndpoint(peer.address, peer.port),
    user: standard?.user ?? null,
    movie: movie.name,
    state,
    transport: route.kind === "interleaved" ? "tcp" : isMulticast ? "multicast" : "udp",
    route: route.kind === "interleaved"
      ? `channel ${route.channel}`
      : formatEndpoint(route.address, route.port),
    nextFrame: playback.nextFrame + 1,
    framesPerSecond: movie.framesPerSecond,
    ...playback.counts,
    reception: reception === undefined
      ? null
      : { ...reception, roundTripMs: reception.roundTripMs ?? null },
  };
}
