import type { MediaProtocol } from "./session_figures.ts";

/** One request of a probe and what came of it. */
export interface ProbeStep {
  /** `OPTIONS`, `DESCRIBE`, `SETUP`, `TEARDOWN`. */
  readonly method: string;
  /** The transport that a SETUP asked for, and a TEARDOWN ends. */
  readonly protocol?: MediaProtocol;
  /** `undefined`: no answer came. */
  readonly status: number | undefined;
  /** As the answer had it, or why there was none. */
  readonly reason: string;
  /** When the request was sent, counted from the beginning of the connecting. */
  readonly atMs: number;
  /** From the request's sending to the end of its answer, or to the giving up. */
  readonly tookMs: number;
}

/** One media description of the server's SDP, as far as a probe tells of it. */
export interface ProbeTrack {
  /** `video`, `audio` or what else the server has. */
  readonly media: string;
  /** `JPEG/90000`; `payload type 33` where the description names no encoding. */
  readonly encoding: string;
  readonly payloadType: number;
  /** As it goes into SETUP. */
  readonly control: string;
  readonly framesPerSecond?: number;
  /** In pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Where it starts and ends; a live source has no end. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}

/** What came of asking for one transport. */
export interface ProbeTransport {
  readonly protocol: MediaProtocol;
  readonly accepted: boolean;
  /** The answer's header `Transport`, or its status and reason where it was refused. */
  readonly answer: string;
}

/** What a server is and offers, as far as it could be found out. */
export interface ProbeResult {
  readonly url: string;
  /** Where the servers redirected to, one after the other; the last one is what is told of. */
  readonly redirects: readonly string[];
  /** The address that was connected to, the last one; `undefined` where there was no connection. */
  readonly address: string | undefined;
  /** The header `Server`. */
  readonly server: string | undefined;
  /** Until the connection stood, TLS and all. */
  readonly connectMs: number | undefined;
  readonly steps: readonly ProbeStep[];
  /** The header `Public`. */
  readonly methods: readonly string[];
  readonly tracks: readonly ProbeTrack[];
  /** As the server sent it. */
  readonly sdp: string | undefined;
  /** In the order in which they were asked for. */
  readonly transports: readonly ProbeTransport[];
  /** Why the probe ended early, as a sentence without a final period. */
  readonly problem: string | undefined;
}
