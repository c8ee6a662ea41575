import type { ServerOutput, UdpRoute } from "../server/server_output.ts";

/** All packets of one frame to one listener, by UDP. */
export type FrameOutput = Extract<ServerOutput, { kind: "frame" }> & { readonly route: UdpRoute };

/** Sends frames by UDP; one of several ways to do it. */
export interface FrameSender {
  /** Which way it is, for logs and statistics. */
  readonly name: string;
  /** Takes a frame and returns at once; frames leave in the order in which they came. */
  send(output: FrameOutput): void;
  /** Frames that were given up because they had waited too long. */
  readonly droppedFrames: number;
  /** Stops; what has not left yet is dropped. */
  close(): void;
}
