/// <reference lib="deno.worker" />
import { WireError } from "../bytes/wire_error.ts";
import { scaleJpeg } from "./scale_jpeg.ts";

/** A picture to scale, as the worker takes it. */
export interface ScaleRequest {
  readonly ticket: number;
  readonly jpeg: Uint8Array;
  readonly width: number;
}

/** What came of it. */
export type ScaleReply =
  | { readonly ticket: number; readonly jpeg: Uint8Array }
  | { readonly ticket: number; readonly error: string };

function reply({ ticket, jpeg, width }: ScaleRequest): ScaleReply {
  try {
    return { ticket, jpeg: scaleJpeg(jpeg, width) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { ticket, error: error.message };
  }
}

self.onmessage = ({ data }: MessageEvent<ScaleRequest>) => self.postMessage(reply(data));
