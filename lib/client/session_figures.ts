/** How media comes. */
export type MediaProtocol = "udp" | "tcp" | "multicast";

/** Which way media takes, and why it is this one. */
export interface TransportFigures {
  readonly protocol: MediaProtocol;
  /** A clause: `it is the first to be tried`, `no packet came over UDP within 3 s`. */
  readonly reason: string;
}

/** RTCP on the client's side (RFC 3550 §6). */
export interface RtcpFigures {
  /** Receiver reports that went out. */
  readonly sent: number;
  /** Datagrams of the server that could be read. */
  readonly received: number;
  /** Those that could not. */
  readonly dropped: number;
  /** As in the last report that went out, 0 to 1; `undefined` before one with a report block. */
  readonly fractionLost: number | undefined;
  /** As in the last report that went out; duplicates make it smaller. */
  readonly cumulativeLost: number | undefined;
}

/** All of a movie by its description; a live one has no end. */
export interface MovieRange {
  readonly startSeconds: number;
  readonly endSeconds?: number;
}

/** How fast the movie goes by (RFC 2326 §12.34): 1 as it was made, negative backwards. */
export interface ScaleFigures {
  /** What the next PLAY asks for. */
  readonly wanted: number;
  /** What the last PLAY asked for; `undefined` where it did not. */
  readonly asked?: number;
  /** What the server made of it: its reply's Scale, or 1 without one; `undefined` before a reply. */
  readonly used?: number;
}

/** What a client knows of its session beside what came in. */
export interface SessionFigures {
  readonly dialect: "lab" | "standard";
  /** `undefined` before SETUP was answered. */
  readonly transport: TransportFigures | undefined;
  /** From a request to its reply, where the server has nothing to do for it: OPTIONS and keepalives. */
  readonly roundTrip: { readonly minMs: number; readonly lastMs: number } | undefined;
  /** Requests that only kept the session alive. */
  readonly keepalives: number;
  /** How often the play was set up again; without it, never. */
  readonly reconnects?: number;
  /** `undefined` in the lab dialect, which has none. */
  readonly rtcp: RtcpFigures | undefined;
  /** Of the stream; `undefined` before it is known, and in the lab dialect. */
  readonly ssrc?: number | undefined;
  /** What is played of the movie, by its description and by what was asked for; an end is not always known. */
  readonly range?: { readonly startSeconds: number; readonly endSeconds: number };
  /** `undefined` before it was described, and in the lab dialect. */
  readonly movie?: MovieRange;
  /** `undefined` in the lab dialect, which has no Scale. */
  readonly scale?: ScaleFigures;
}
