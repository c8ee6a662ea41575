import type { Now } from "../bytes/now.ts";
import type { ClientCommand } from "./client_command.ts";
import type { ClientOutput } from "./client_output.ts";
import type { ClientState } from "./client_states.ts";
import type { Reception } from "./reception.ts";
import type { SessionFigures } from "./session_figures.ts";

/** What the host knows once a connection is open. */
export interface ClientLink {
  /** The server's literal address, as connected to. */
  readonly serverAddress: string;
  /** The UDP port at which RTP is awaited; 0 where `connect` asked for none; where it asked for a pair, RTCP is on the next. */
  readonly rtpPort: number;
  /** Bytes of RTP that may wait in the system; without it, its default, which is not known. */
  readonly receiveBuffer?: number;
}

/**
 * A client without its sockets and its clock, in either dialect: takes what happened and the time,
 * and returns what to do about it. Every method may be called at any time; the outputs of one call are
 * to be done in their order, before the next call's.
 */
export interface ClientMachine {
  readonly state: ClientState;
  /** Whether a command is not done yet: it waits, or its reply is awaited. */
  readonly isBusy: boolean;
  /** Counts of what has come in. */
  readonly reception: Reception;
  /** What is known of the session beside what came in. */
  readonly figures: SessionFigures;
  /** When `tick()` is to be called at the latest, in monotonic milliseconds. */
  readonly wakeAtMs: number | undefined;
  /** Its user asks for something; done when what was asked before is done. */
  command(command: ClientCommand, now: Now): ClientOutput[];
  /** The connection that `connect` asked for is there. */
  connected(link: ClientLink, now: Now): ClientOutput[];
  /** Bytes of the RTSP connection came in. */
  receive(bytes: Uint8Array, now: Now): ClientOutput[];
  /**
   * A datagram came in.
   *
   * @param bytes Kept: not a view of a buffer that is used again.
   * @param from The sender's literal address.
   */
  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string, now: Now): ClientOutput[];
  /**
   * The connection ended, or could not be made; not to be called for one that the machine closed.
   *
   * @param reason A clause without a period: `the server closed the connection`.
   */
  disconnected(reason: string, now: Now): ClientOutput[];
  /** Time has passed. */
  tick(now: Now): ClientOutput[];
}
