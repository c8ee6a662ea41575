import type { RtspHeader } from "../rtsp/rtsp_headers.ts";
import { RtspHeaders } from "../rtsp/rtsp_headers.ts";
import { RTSP_VERSION } from "../rtsp/message.ts";
import { serializeResponse } from "../rtsp/serialize_message.ts";
import { reasonOf } from "../rtsp/status.ts";

/** What a standard request is answered with, beside CSeq and Server. */
export interface StandardReply {
  readonly status: number;
  readonly headers?: readonly RtspHeader[];
  /** With a `Content-Type` among the headers. */
  readonly body?: Uint8Array;
}

/** What every reply says. */
export interface ReplyFrame {
  /** As it came; absent where the request had none that can be echoed. */
  readonly cseq?: string;
  readonly product: string;
  readonly unixMs: number;
}

/** The bytes of a reply: status, CSeq, Date, Server, then its own headers. */
export function serializeStandardReply(reply: StandardReply, frame: ReplyFrame): Uint8Array {
  const headers: RtspHeader[] = [];
  if (frame.cseq !== undefined) headers.push(["CSeq", frame.cseq]);
  headers.push(["Date", new Date(frame.unixMs).toUTCString()], ["Server", frame.product]);
  return serializeResponse({
    kind: "response",
    version: RTSP_VERSION,
    status: reply.status,
    reason: reasonOf(reply.status),
    headers: new RtspHeaders([...headers, ...reply.headers ?? []]),
    body: reply.body ?? new Uint8Array(),
  });
}

/** A body in plain words: why, for people. */
export function plainText(sentence: string): Pick<Required<StandardReply>, "headers" | "body"> {
  return {
    headers: [["Content-Type", "text/plain;charset=utf-8"]],
    body: new TextEncoder().encode(`${sentence}\n`),
  };
}
