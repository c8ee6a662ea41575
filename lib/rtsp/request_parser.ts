import type { Now } from "../bytes/now.ts";
import { headLines } from "./head_lines.ts";
import { isLabHead, labRequestStart, mayBeWholeLabMessage } from "./lab_head.ts";
import { LAB_QUIET_MS } from "./limits.ts";
import {
  type BrokenStream,
  type InterleavedBlock,
  RTSP_VERSION,
  type RtspRequest,
  type RtspResponse,
} from "./message.ts";
import { parseMessageHead } from "./message_head.ts";
import { type RtspHeader, RtspHeaders } from "./rtsp_headers.ts";
import { RtspStream } from "./rtsp_stream.ts";
import { isToken } from "./token.ts";

/** A request with the way in which it was framed. */
export interface FramedRequest extends RtspRequest {
  /**
   * `lab` where the URI is neither an `rtsp://` URL nor `*`, line 3 is a lab Transport, or silence ended
   * the message; then read `lines` with `parseLabRequest()`. `headers` are there in both.
   */
  readonly framing: "standard" | "lab";
  /** The lines of the head as they came, without their ends. */
  readonly lines: readonly string[];
}

/** What a server reads from a connection, in wire order. */
export type ServerInput = FramedRequest | RtspResponse | InterleavedBlock | BrokenStream;

/** Longest unfinished head that the quiet rule looks at: four times a lab message. */
const MAX_LAB_HEAD_LENGTH = 1024;
const VERSION = /^RTSP\/\d{1,2}\.\d{1,2}$/;

/**
 * Push parser of both framings on one connection, for the server's side.
 *
 * Standard messages end at a blank line. Those of the lab dialect have no end: one is whole at a blank
 * line, when another request starts behind it, or when nothing has come for `LAB_QUIET_MS` and it looks
 * like the lab's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const parser = new RtspRequestParser();
 * const bytes = new TextEncoder().encode("PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: 1");
 * assertEquals(parser.push(bytes, { monotonicMs: 0, unixMs: 0 }), []);
 * assertEquals(parser.wakeAtMs, 30);
 * const [request] = parser.tick({ monotonicMs: 30, unixMs: 30 });
 * assertEquals(request?.kind === "request" && request.framing, "lab");
 * ```
 */
export class RtspRequestParser {
  readonly #stream = new RtspStream<FramedRequest | RtspResponse>(parseServerHead, {
    startsAnother,
  });
  #wakeAtMs: number | undefined;

  /** How many bytes between blocks belonged to nothing. */
  get garbageBytes(): number {
    return this.#stream.garbageBytes;
  }

  /** The monotonic time at which `tick` has something to look at; `undefined` where silence ends nothing. */
  get wakeAtMs(): number | undefined {
    return this.#wakeAtMs;
  }

  /** Whether a message or block has begun and is not whole yet. */
  get isUnfinished(): boolean {
    return this.#stream.isUnfinished;
  }

  /**
   * The items that are whole with this chunk. Input that cannot be read ends the list with one `broken`
   * item, after which every push returns nothing. Throws nothing.
   *
   * @param chunk Not kept; payloads of blocks may be views of it.
   */
  push(chunk: Uint8Array, now: Now): ServerInput[] {
    const items = this.tick(now);
    if (chunk.length === 0) return items;
    items.push(...this.#stream.push(chunk));
    const head = this.#stream.unfinishedHead;
    this.#wakeAtMs = isQuietEnd(head) ? now.monotonicMs + LAB_QUIET_MS : undefined;
    return items;
  }

  /** The lab message that silence has ended by now, if any. */
  tick(now: Now): ServerInput[] {
    if (this.#wakeAtMs === undefined || now.monotonicMs < this.#wakeAtMs) return [];
    this.#wakeAtMs = undefined;
    return this.#stream.endHead().map((item) =>
      item.kind === "request" ? { ...item, framing: "lab" } : item
    );
  }
}

function isQuietEnd(head: Uint8Array): boolean {
  if (head.length === 0 || head.length > MAX_LAB_HEAD_LENGTH) return false;
  return mayBeWholeLabMessage(headLines(head), hasBareLf(head));
}

function parseServerHead(head: Uint8Array): FramedRequest | RtspResponse {
  const lines = headLines(head);
  if (!isLabHead(lines)) {
    const message = parseMessageHead(head);
    return message.kind === "response" ? message : { ...message, framing: "standard", lines };
  }
  const words = (lines[0] ?? "").trim().split(/[ \t]+/);
  const version = VERSION.test(words.at(-1) ?? "") ? words.pop() ?? "" : RTSP_VERSION;
  const [method = "", ...name] = words;
  const headers = labHeaders(lines.slice(1));
  return {
    kind: "request",
    method,
    uri: name.join(" "),
    version,
    headers,
    body: new Uint8Array(),
    framing: "lab",
    lines,
  };
}

/** The lines that are headers; lab clients send others as well. */
function labHeaders(lines: readonly string[]): RtspHeaders {
  const entries: RtspHeader[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (isToken(name)) entries.push([name, line.slice(colon + 1).trim()]);
  }
  return new RtspHeaders(entries);
}

/** The offset at which the last line of `head` starts another lab request, if the lines before are one. */
function startsAnother(head: Uint8Array, lineStart: number): number | undefined {
  if (lineStart === 0 || head.length > MAX_LAB_HEAD_LENGTH) return undefined;
  const at = labRequestStart(LATIN1.decode(head.subarray(lineStart)));
  if (at === undefined) return undefined;
  const before = head.subarray(0, lineStart + at);
  return mayBeWholeLabMessage(headLines(before), hasBareLf(before)) ? before.length : undefined;
}

/** One character a byte, so that places in the text are places in the bytes. */
const LATIN1 = new TextDecoder("latin1");

function hasBareLf(head: Uint8Array): boolean {
  return head.some((byte, index) => byte === 0x0a && head[index - 1] !== 0x0d);
}
