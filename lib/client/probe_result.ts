/** One request of a probe and what came of it. */
export interface ProbeStep {
  /** `OPTIONS`, `DESCRIBE`, `SETUP`, `PLAY`, `TEARDOWN`. */
  readonly method: string;
  /** `undefined`: no answer came. */
  readonly status: number | undefined;
  /** As the answer had it, or why there was none. */
  readonly reason: string;
  /** From the request's sending to the end of its answer, or to the giving up. */
  readonly tookMs: number;
}

/** One media description of the server's SDP, as far as a probe tells of it. */
export interface ProbeTrack {
  /** `video`, `audio` or what else the server has. */
  readonly media: string;
  /** `JPEG/90000`; with its payload type. */
  readonly encoding: string;
  readonly payloadType: number;
  readonly control?: string;
  readonly framesPerSecond?: number;
  /** In pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly playSeconds?: number;
}

/** What a server is and offers, as far as it could be found out. */
export interface ProbeResult {
  readonly url: string;
  /** The address that was connected to; `undefined` where there was no connection. */
  readonly address: string | undefined;
  readonly dialect: "lab" | "standard" | undefined;
  /** The header `Server`. */
  readonly server: string | undefined;
  /** Until the connection stood. */
  readonly connectMs: number | undefined;
  readonly steps: readonly ProbeStep[];
  /** The header `Public`. */
  readonly methods: readonly string[];
  readonly tracks: readonly ProbeTrack[];
  /** As the server sent it. */
  readonly sdp: string | undefined;
  /** The transport that was agreed on, as in the answer to SETUP. */
  readonly transport: string | undefined;
  readonly firstFrame: {
    /** From the sending of PLAY. */
    readonly tookMs: number;
    readonly bytes: number;
    readonly width: number;
    readonly height: number;
  } | undefined;
  /** Why the probe ended early, as a sentence without a final period. */
  readonly problem: string | undefined;
}
