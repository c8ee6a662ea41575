import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { MovieLease } from "../movie/movie_lease.ts";
import { parseCompound, serializeCompound } from "../rtcp/compound.ts";
import { middleOf, ntpTimeOf } from "../rtcp/ntp_time.ts";
import type { ReportBlock } from "../rtcp/report_block.ts";
import { averageRtcpLength, reportIntervalMs } from "../rtcp/report_interval.ts";
import { roundTripMs } from "../rtcp/round_trip.ts";
import { describeSource } from "../rtcp/source_description.ts";
import type { MovieUrl } from "./movie_url.ts";
import type { Peer } from "./peer.ts";
import { VIDEO_CLOCK_HZ } from "./presentation.ts";
import type { Playback } from "./playback.ts";
import type { ConnectionId, MediaRoute } from "./server_output.ts";
import type { PlayFailure, ServerSession } from "./server_session.ts";
import type { SessionState } from "./session_states.ts";

/** IPv4 and UDP headers, which count into the length of RTCP datagrams (RFC 3550 §6.2). */
const UDP_HEADERS_LENGTH = 28;

/** First guess of an RTCP datagram's length, with headers. */
const FIRST_RTCP_LENGTH = 100;

/** What the listener says of what it received (RFC 3550 §6.4.1). */
export interface PeerReception {
  /** Lost since the report before, 0 to 1. */
  readonly fractionLost: number;
  /** Lost since the start; negative where duplicates came. */
  readonly cumulativeLost: number;
  readonly jitterMs: number;
  /** `undefined` before the listener had a report of ours. */
  readonly roundTripMs: number | undefined;
  /** When the report came, in Unix milliseconds. */
  readonly atUnixMs: number;
}

/** What a session of the standard dialect is made of. */
export interface StandardSessionParts {
  readonly id: string;
  readonly connection: ConnectionId;
  readonly peer: Peer;
  /** Who is logged in, where that is asked. */
  readonly user: string | undefined;
  readonly lease: MovieLease;
  readonly playback: Playback;
  readonly route: MediaRoute;
  /** Who sends in its place, for a member of a multicast group. */
  readonly carrier?: StandardSession | undefined;
  /** The server's canonical name (RFC 7022). */
  readonly cname: string;
  /** What was set up: what PLAY, PAUSE and TEARDOWN name. */
  readonly url: MovieUrl;
  readonly now: Now;
}

/** What came of a datagram on the RTCP side. */
export type ControlResult =
  | { readonly kind: "report" }
  | { readonly kind: "goodbye" }
  /** The listener calls itself as we do (RFC 3550 §8.2). */
  | { readonly kind: "collision" }
  | { readonly kind: "dropped"; readonly reason: string };

/** One listener of the standard dialect, with RTCP and a life of its own beside its connection. */
export class StandardSession implements ServerSession {
  readonly dialect = "standard";
  readonly id: string;
  readonly connection: ConnectionId;
  readonly peer: Peer;
  readonly user: string | undefined;
  readonly lease: MovieLease;
  readonly playback: Playback;
  readonly url: MovieUrl;
  readonly carrier: StandardSession | undefined;
  route: MediaRoute;
  state: SessionState = "ready";
  failure?: PlayFailure;
  warned: ServerSession["warned"] = [];
  generation = 0;
  /** When the listener last gave a sign of life, in monotonic milliseconds. */
  lastSeenMs: number;
  readonly #cname: string;
  readonly #startMs: number;
  /** The listener's own SSRC, once it has reported. */
  #peerSsrc: number | undefined;
  #reception: PeerReception | undefined;
  #reportsSent = 0;
  #averageLength = FIRST_RTCP_LENGTH;
  #droppedControl = 0;

  constructor(parts: StandardSessionParts) {
    this.id = parts.id;
    this.connection = parts.connection;
    this.peer = parts.peer;
    this.user = parts.user;
    this.lease = parts.lease;
    this.playback = parts.playback;
    this.route = parts.route;
    this.url = parts.url;
    this.carrier = parts.carrier;
    this.#cname = parts.cname;
    this.lastSeenMs = parts.now.monotonicMs;
    this.#startMs = parts.now.monotonicMs;
  }

  /** Under which SSRC its packets are sent. */
  get ssrc(): number {
    return this.playback.ssrc;
  }

  /** What the listener last reported; `undefined` before. */
  get reception(): PeerReception | undefined {
    return this.#reception;
  }

  /** The listener's own SSRC, once it has reported. */
  get peerSsrc(): number | undefined {
    return this.#peerSsrc;
  }

  /** RTCP datagrams that could not be read or were not about this session. */
  get droppedControl(): number {
    return this.#droppedControl;
  }

  ended(): void {
    this.state = "ready";
  }

  /** Whether the listener's datagrams of this kind come from there. */
  isAt(kind: "rtp" | "rtcp", { address, port }: { address: string; port: number }): boolean {
    const { route } = this;
    if (route.kind !== "udp" || this.peer.address !== address) return false;
    return port === (kind === "rtp" ? route.port : route.controlPort);
  }

  /**
   * Sends to the port from which the listener speaks, which a NAT may have made of the one that it named.
   *
   * @returns Whether that is new.
   */
  followPeer(kind: "rtp" | "rtcp", port: number): boolean {
    const { route } = this;
    if (route.kind !== "udp" || route.address !== this.peer.address) return false;
    if (port === (kind === "rtp" ? route.port : route.controlPort)) return false;
    this.route = kind === "rtp" ? { ...route, port } : { ...route, controlPort: port };
    return true;
  }

  /** A sender report with the server's CNAME, and a goodbye at the end (RFC 3550 §6.4.1, §6.6). */
  report(now: Now, goodbye?: string): Uint8Array {
    const { packets, octets } = this.playback.counts;
    const bytes = serializeCompound([
      {
        kind: "sender report",
        ssrc: this.ssrc,
        ntpTime: ntpTimeOf(now.unixMs),
        rtpTimestamp: this.playback.timestampAt(now),
        packetCount: packets % 2 ** 32,
        octetCount: octets % 2 ** 32,
        reports: [],
        extension: new Uint8Array(),
      },
      describeSource(this.ssrc, this.#cname),
      ...goodbye === undefined ? [] : [
        {
          kind: "goodbye",
          ssrcs: [this.ssrc],
          reason: new TextEncoder().encode(goodbye),
        } as const,
      ],
    ]);
    this.#reportsSent++;
    this.#averageLength = averageRtcpLength(
      this.#averageLength,
      bytes.length + UDP_HEADERS_LENGTH,
    );
    return bytes;
  }

  /** How long to wait until the next report, in milliseconds (RFC 3550 §6.3.1). */
  reportIntervalMs(now: Now, random: RandomSource): number {
    const seconds = Math.max(1, (now.monotonicMs - this.#startMs) / 1000);
    return reportIntervalMs({
      sessionBytesPerSecond: this.playback.counts.octets / seconds,
      members: 2,
      senders: 1,
      weSent: true,
      averageLength: this.#averageLength,
      initial: this.#reportsSent <= 1,
    }, random);
  }

  /** An RTCP datagram of the listener came in. */
  receiveControl(bytes: Uint8Array, now: Now): ControlResult {
    const result = parseCompound(bytes);
    if (result.kind === "dropped") {
      this.#droppedControl++;
      return { kind: "dropped", reason: result.message };
    }
    this.lastSeenMs = now.monotonicMs;
    this.#averageLength = averageRtcpLength(
      this.#averageLength,
      bytes.length + UDP_HEADERS_LENGTH,
    );
    let said: ControlResult = { kind: "report" };
    for (const packet of result.packets) {
      if (packet.kind === "receiver report" || packet.kind === "sender report") {
        if (packet.ssrc === this.ssrc) return { kind: "collision" };
        this.#peerSsrc = packet.ssrc;
        const block = packet.reports.find(({ ssrc }) => ssrc === this.ssrc);
        if (block !== undefined) this.#reception = receptionOf(block, now);
      } else if (packet.kind === "goodbye") {
        said = { kind: "goodbye" };
      }
    }
    return said;
  }
}

function receptionOf(block: ReportBlock, now: Now): PeerReception {
  return {
    fractionLost: block.fractionLost / 256,
    cumulativeLost: block.cumulativeLost,
    jitterMs: block.jitter / VIDEO_CLOCK_HZ * 1000,
    roundTripMs: roundTripMs(middleOf(ntpTimeOf(now.unixMs)), block),
    atUnixMs: now.unixMs,
  };
}
