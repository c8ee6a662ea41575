/** What the client's window tells its page, as JSON in text messages; `WindowPicture`s are binary ones. */
export type WindowMessage =
  | {
    readonly kind: "hello";
    readonly version: string;
    /** What is played: host, port and movie. */
    readonly source: string;
    readonly buttons: 3 | 4;
  }
  /** `hasEnded`: the stream came to its end, and has not gone on since. */
  | { readonly kind: "state"; readonly state: WindowState; readonly hasEnded: boolean }
  | { readonly kind: "line"; readonly line: WindowLine }
  | { readonly kind: "description"; readonly text: string }
  | { readonly kind: "figures"; readonly figures: WindowFigures }
  /** What damages datagrams, as `--impair` has it, empty: nothing; and why it stays so, if asked otherwise. */
  | { readonly kind: "impairment"; readonly text: string; readonly sentence: string }
  /** What was asked for cannot be done; empty once something else was done. */
  | { readonly kind: "problem"; readonly sentence: string };

/** The client's side of the session. */
export type WindowState = "init" | "ready" | "playing";

/** One entry of the conversation. */
export interface WindowLine {
  /** From 1, without gaps. */
  readonly id: number;
  /** `client` and `server`: a message; `note`, `warning`: what the client says about it. */
  readonly from: "client" | "server" | "note" | "warning";
  readonly text: string;
  /** Of a message, how many bytes it has: `GET /messages/ID` has them, as long as they are kept. */
  readonly octets?: number;
}

/** What came in up to now, and in the half second before. */
export interface WindowFigures {
  /** When they were taken, by a clock of the client that goes evenly from its start. */
  readonly atSeconds: number;
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** Of the packets of that half second, 0 to 1; `null` where none was due. */
  readonly loss: number | null;
  /** RFC 3550 A.8; `null` before two packets. */
  readonly jitterMs: number | null;
  readonly packets: number;
  readonly lost: number;
  readonly late: number;
  readonly duplicate: number;
  readonly reordered: number;
  readonly frames: number;
  readonly broken: number;
  readonly playingSeconds: number;
  /** What is spoken with the server; only `standard` knows other places in the movie. */
  readonly dialect: "lab" | "standard";
  /** `null` before the first SETUP. */
  readonly transport: string | null;
  /** Where in the movie, in seconds; `null` where the server has not said it. */
  readonly positionSeconds: number | null;
  /** All of the movie; `null` before it was described, its end `null` where it has none. */
  readonly range: { readonly startSeconds: number; readonly endSeconds: number | null } | null;
  /**
   * How fast the movie goes by: what the next PLAY asks for, what the last one asked for, and what the
   * server made of that; `null` in the lab dialect.
   */
  readonly scale: {
    readonly wanted: number;
    readonly asked: number | null;
    readonly used: number | null;
  } | null;
  /** The first bytes of the newest RTP packet, in hexadecimal; `null` before one came. */
  readonly rtpHeader: string | null;
}

/** What a page asks of the client. */
export type WindowRequest =
  /** The picture has been drawn: the next may come. */
  | { readonly kind: "drawn" }
  | { readonly kind: "setup" | "play" | "pause" | "teardown" | "describe" | "stop" }
  | { readonly kind: "seek"; readonly seconds: number }
  | { readonly kind: "scale"; readonly scale: number }
  /** Damages datagrams from now on; text as `--impair` has it, empty: not at all. */
  | { readonly kind: "impair"; readonly text: string };
