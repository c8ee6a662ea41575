import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import type { Impairment } from "../net_impair/impairment.ts";
import type { ServerMachine } from "../server/server_machine.ts";
import type { LogEvent } from "../server/server_output.ts";
import type { SenderChoice } from "./open_frame_sender.ts";
import type { RtpPorts } from "./open_rtp_ports.ts";
import type { ServerTls } from "./server_tls.ts";

/** What a server host works with. */
export interface ServerHostOptions {
  /** The local address to listen on. */
  readonly hostname: string;
  /** 0: chosen by the system. */
  readonly port: number;
  /** Whether other servers may listen on the same port. */
  readonly isShared: boolean;
  readonly machine: ServerMachine;
  /** Where RTP and RTCP leave and listeners' reports come in; closed with the host. */
  readonly rtpPorts: RtpPorts;
  /** Serves RTSP inside TLS with these instead of in the clear. */
  readonly tls?: ServerTls;
  /** How frames are to leave by UDP; the fastest way that works here unless told otherwise. */
  readonly sender?: SenderChoice;
  /** What happens to the datagrams of frames and of RTCP on their way; without it, nothing. */
  readonly impair?: Impairment | undefined;
  /** Frames that a slow reader leaves waiting longer than this are left out. */
  readonly maxQueueMs: number;
  /** Most connections at a time; others are closed at once. */
  readonly maxConnections: number;
  /** Looks a movie up by the path that a peer asked for; must not throw for anything a peer can send. */
  openMovie(path: string): Promise<MovieLease | MovieRefusal>;
  /** Takes the lines of the log. */
  log(event: LogEvent): void;
}
