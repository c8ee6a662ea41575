import type { RtspHeaders } from "./rtsp_headers.ts";
import type { RtspSyntaxError } from "./rtsp_syntax_error.ts";

/** The version that we speak and write (RFC 2326 §3.1). */
export const RTSP_VERSION = "RTSP/1.0";

/** A request (RFC 2326 §6). */
export interface RtspRequest {
  readonly kind: "request";
  /** As on the wire, case kept; need not be one we know. */
  readonly method: string;
  /** As on the wire: `rtsp://…`, `*`, or in the lab dialect a file name, which may be empty. */
  readonly uri: string;
  /** `RTSP/1.0`; another number is for the caller to refuse with 505. */
  readonly version: string;
  readonly headers: RtspHeaders;
  /** Empty where there is none. */
  readonly body: Uint8Array;
  /** All of its bytes as they came, where its parser keeps them. */
  readonly wire?: Uint8Array;
}

/** A response (RFC 2326 §7). */
export interface RtspResponse {
  readonly kind: "response";
  readonly version: string;
  /** 100 to 599. */
  readonly status: number;
  /** May be empty. */
  readonly reason: string;
  readonly headers: RtspHeaders;
  /** Empty where there is none. */
  readonly body: Uint8Array;
  /** All of its bytes as they came, where its parser keeps them. */
  readonly wire?: Uint8Array;
}

/** One packet carried inside the RTSP connection (RFC 2326 §10.12). */
export interface InterleavedBlock {
  readonly kind: "interleaved";
  /** 0 to 255. */
  readonly channel: number;
  /** At most 65,535 bytes; valid until the next `push`: who keeps it longer copies it. */
  readonly payload: Uint8Array;
}

/** The stream cannot be read any further; a parser delivers this once, as its last item. */
export interface BrokenStream {
  readonly kind: "broken";
  /** What was wrong, with the status that a server answers before it closes. */
  readonly error: RtspSyntaxError;
}

/** What a stream parser delivers, in wire order. */
export type RtspItem = RtspRequest | RtspResponse | InterleavedBlock | BrokenStream;
