import type { ClientFrame } from "../client/client_frame.ts";

/** A frame that came in, and its times. */
export interface TimedFrame {
  readonly frame: ClientFrame;
  /** When it is to be seen, after the first. */
  readonly timeMs: number;
  readonly arrivalUnixMs: number;
  /** After the first one's arrival. */
  readonly sinceFirstMs: number;
}
