import type { SessionStatus } from "./session_status.ts";

/** What the whole server did in one second. */
export interface LoadSample {
  /** When it ended, in Unix milliseconds. */
  readonly atUnixMs: number;
  readonly sessions: number;
  /** Payload sent, without RTP headers; that of multicast counts once. */
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** The largest share of packets that a listener lost, 0 to 1; `null` where none has reported. */
  readonly worstLoss: number | null;
  /** The largest that a listener reported; `null` where none has. */
  readonly worstJitterMs: number | null;
}

/** What does not change while the server runs, and the last minutes. */
export interface ServerStatus {
  readonly version: string;
  /** When it was started, in Unix milliseconds. */
  readonly startedUnixMs: number;
  /** By which way frames leave by UDP: `gso`, `mmsg` or `native`. */
  readonly sender: string;
  /** Where RTSP is; `hostname` is `null` where it is every address of the machine. */
  readonly rtsp: {
    readonly scheme: "rtsp" | "rtsps";
    readonly hostname: string | null;
    readonly port: number;
  };
  /** Once a second, the oldest first. */
  readonly history: readonly LoadSample[];
}

/** What the event stream says each second, and when a session was ended: `event: status`. */
export interface StatusEvent {
  /** `null` in between full seconds. */
  readonly sample: LoadSample | null;
  readonly sessions: readonly SessionStatus[];
}
