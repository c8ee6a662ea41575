import { StandardSession } from "./standard_session.ts";

/** Where the server multicasts. */
export interface MulticastSettings {
  /** A literal IPv4 or IPv6 group address. */
  readonly group: string;
  /** How many routers a packet may pass. */
  readonly ttl: number;
  /** RTP port of the first movie; each further movie has the next even one. */
  readonly firstPort: number;
}

/**
 * The one sender of a movie that is multicast: a session of its own without a listener, whose playback
 * all members share. It plays as long as one of them does.
 */
export class MulticastCarrier extends StandardSession {
  /** The sessions that asked for it. */
  readonly members: Set<StandardSession> = new Set();

  override ended(): void {
    super.ended();
    for (const member of this.members) member.ended();
  }

  /** Whether no member plays (any more). */
  get isIdle(): boolean {
    return [...this.members].every(({ state }) => state !== "playing");
  }
}
