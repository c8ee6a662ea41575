import type { NumberRange } from "../rtsp/transport_header.ts";
import type { StandardSession } from "./standard_session.ts";

const LAST_CHANNEL = 255;

/** Which session's media goes through which channel of one connection (RFC 2326 §10.12). */
export class ChannelTable {
  readonly #owners = new Map<number, StandardSession>();

  /** The sessions that have channels. */
  get sessions(): ReadonlySet<StandardSession> {
    return new Set(this.#owners.values());
  }

  /** Whose channel it is; that of a session which has ended elsewhere is nobody's. */
  ownerOf(channel: number): StandardSession | undefined {
    const owner = this.#owners.get(channel);
    return owner?.state === "init" ? undefined : owner;
  }

  /**
   * Two channels in a row that are free: those asked for if they are, else the first ones.
   *
   * @param session Whose channels count as free, as it gives them up.
   */
  free(wanted: NumberRange | undefined, session?: StandardSession): NumberRange | undefined {
    const isFree = (channel: number) => {
      const owner = this.ownerOf(channel);
      return channel <= LAST_CHANNEL && (owner === undefined || owner === session);
    };
    if (wanted !== undefined) {
      const [rtp, rtcp] = wanted;
      const pair: NumberRange = rtcp > rtp ? [rtp, rtcp] : [rtp, rtp + 1];
      if (isFree(pair[0]) && isFree(pair[1])) return pair;
    }
    for (let channel = 0; channel < LAST_CHANNEL; channel += 2) {
      if (isFree(channel) && isFree(channel + 1)) return [channel, channel + 1];
    }
    return undefined;
  }

  /** Gives a session these channels and no others. */
  give(session: StandardSession, channels: readonly number[]): void {
    for (const [channel, owner] of this.#owners) {
      if (owner === session) this.#owners.delete(channel);
    }
    for (const channel of channels) this.#owners.set(channel, session);
  }

  /** No session has channels any more. */
  clear(): void {
    this.#owners.clear();
  }
}
