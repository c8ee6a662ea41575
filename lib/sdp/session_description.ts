/** One `a=` line; a flag such as `recvonly` has no value. */
export interface SdpAttribute {
  readonly name: string;
  readonly value?: string;
}

/** One `c=` line (RFC 8866 §5.7). */
export interface SdpConnection {
  readonly addressType: "IP4" | "IP6";
  /** With `/ttl` (IPv4 groups only) and `/count` as written. */
  readonly address: string;
}

/** One `b=` line (RFC 8866 §5.8). */
export interface SdpBandwidth {
  /** `AS`: kilobits a second. */
  readonly type: string;
  readonly value: number;
}

/** The `o=` line (RFC 8866 §5.2); all five together tell one session from every other. */
export interface SdpOrigin {
  /** Without spaces; `-` where there is none. */
  readonly username: string;
  /** Decimal digits, at most 64 bits: text, since a number would lose some. */
  readonly sessionId: string;
  /** Decimal digits; grows with each change. */
  readonly sessionVersion: string;
  readonly addressType: "IP4" | "IP6";
  readonly address: string;
}

/** One `t=` line with its `r=` lines (RFC 8866 §5.9, §5.10). */
export interface SdpTime {
  /** NTP seconds in decimal digits; `0` for unbounded. */
  readonly start: string;
  readonly stop: string;
  readonly repeats: readonly string[];
}

/** One `m=` section (RFC 8866 §5.14). */
export interface SdpMedia {
  /** `video`, `audio`, `application`, … */
  readonly media: string;
  /** 0 in RTSP: the ports are agreed with SETUP. */
  readonly port: number;
  /** How many ports, from `port` on, where it is more than one. */
  readonly portCount?: number;
  /** `RTP/AVP`. */
  readonly protocol: string;
  /** Payload types as text; at least one. */
  readonly formats: readonly string[];
  readonly information?: string;
  readonly connections: readonly SdpConnection[];
  readonly bandwidths: readonly SdpBandwidth[];
  readonly key?: string;
  readonly attributes: readonly SdpAttribute[];
}

/** A session description (RFC 8866 §5); what is unknown is kept as attributes. */
export interface SessionDescription {
  readonly origin: SdpOrigin;
  /** `-` where there is none. */
  readonly name: string;
  readonly information?: string;
  readonly uri?: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly connection?: SdpConnection;
  readonly bandwidths: readonly SdpBandwidth[];
  /** At least one. */
  readonly times: readonly SdpTime[];
  /** The `z=` line as written. */
  readonly zones?: string;
  readonly key?: string;
  readonly attributes: readonly SdpAttribute[];
  readonly media: readonly SdpMedia[];
}
