import type { LabRtpStyle } from "../rtp_lab/lab_timestamp.ts";
import type { NumberRange } from "../rtsp/transport_header.ts";
import type { Authenticator } from "./authenticator.ts";
import type { MulticastSettings } from "./multicast_carrier.ts";

/** What the owner of a server decides; the same for all of its sessions. */
export interface ServerSettings {
  /** Product and version, as in the `Server` header: `Zoetrope/0.1.0`. */
  readonly product: string;
  /** Whether movies start again at their end. */
  readonly loop: boolean;
  /** Whether each message is logged line by line as it is; not unless told. */
  readonly trace?: boolean;
  /** How RTP headers look in the lab dialect. */
  readonly labRtp: LabRtpStyle;
  /** Whether a lab frame that fits no datagram is cut into pieces; otherwise it is left out. */
  readonly cutLabFrames: boolean;
  /** The SSRC of all lab sessions, 32 bits. */
  readonly labSsrc: number;
  /** Bytes of packetised frames that are kept for all sessions together. */
  readonly cacheOctets: number;
  /** Most bytes of an RTP packet, header included. */
  readonly packetSize: number;
  /** After how long a silent session of the standard dialect ends. */
  readonly sessionTimeoutMs: number;
  /** Most sessions at a time; more are answered 453. */
  readonly maxSessions: number;
  /** The local RTP and RTCP ports of all UDP sessions of the standard dialect. */
  readonly udpPorts: NumberRange;
  /** Where movies are multicast to those who ask for that; absent: nowhere. */
  readonly multicast?: MulticastSettings;
  /** Who may see what; absent: everybody everything. */
  readonly authenticator?: Authenticator;
}
