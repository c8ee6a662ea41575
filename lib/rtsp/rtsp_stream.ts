import { joinBytes } from "../bytes/join_bytes.ts";
import { contentLength } from "./content_length.ts";
import { HeadScanner, type StartsAnother } from "./head_scanner.ts";
import { BLOCK_HEADER_LENGTH, BLOCK_MARK } from "./interleaved_block.ts";
import { MAX_GARBAGE_LENGTH } from "./limits.ts";
import type { BrokenStream, InterleavedBlock, RtspRequest, RtspResponse } from "./message.ts";
import { isMessageStart } from "./message_start.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { StreamBuffer } from "./stream_buffer.ts";

const [LF, CR] = [0x0a, 0x0d];

/** Of streams in which no block has come yet. */
const NO_CHANNELS: ReadonlySet<number> = new Set();

/** How a stream is cut. */
export interface RtspStreamOptions {
  /** Tells where a head ends without an empty line. */
  readonly startsAnother?: StartsAnother | undefined;
  /** Whether messages bear their bytes as they came. */
  readonly keepsWire?: boolean;
}

type Phase<M> =
  | { readonly kind: "between" } // messages and blocks
  | { readonly kind: "garbage"; readonly length: number } // passed over so far
  | { readonly kind: "head" }
  | { readonly kind: "body"; readonly message: M; readonly length: number }
  | { readonly kind: "broken" };

/**
 * Cuts a connection into messages and interleaved blocks; how a head is read is the caller's. The public
 * parsers are `RtspMessageParser` and `RtspRequestParser`.
 */
export class RtspStream<M extends RtspRequest | RtspResponse> {
  readonly #parseHead: (head: Uint8Array) => M;
  readonly #scanner: HeadScanner;
  readonly #buffer = new StreamBuffer();
  /** Channels of blocks seen so far; empty before the first block. */
  #channels = NO_CHANNELS;
  #phase: Phase<M> = { kind: "between" };
  #garbageBytes = 0;

  constructor(parseHead: (head: Uint8Array) => M, options: RtspStreamOptions = {}) {
    const { startsAnother, keepsWire = false } = options;
    this.#parseHead = keepsWire
      ? (head) => ({ ...parseHead(head), wire: head.slice() })
      : parseHead;
    this.#scanner = new HeadScanner(startsAnother);
  }

  /** How many bytes between blocks belonged to nothing. */
  get garbageBytes(): number {
    return this.#garbageBytes;
  }

  /** The bytes of a head that is not whole yet; empty where none has begun. */
  get unfinishedHead(): Uint8Array {
    return this.#phase.kind === "head" ? this.#buffer.view : new Uint8Array();
  }

  /** Whether a message or block has begun and is not whole yet. */
  get isUnfinished(): boolean {
    return this.#phase.kind !== "between" || this.#buffer.view.length > 0;
  }

  /** The messages and blocks that are whole with this chunk; nothing any more after a `broken`. */
  push(chunk: Uint8Array): (M | InterleavedBlock | BrokenStream)[] {
    if (this.#phase.kind === "broken") return [];
    this.#buffer.append(chunk);
    const items = this.#drain();
    this.#buffer.own();
    return items;
  }

  /** Takes the unfinished head as a whole message without body; the caller knows that it is one. */
  endHead(): (M | BrokenStream)[] {
    const head = this.unfinishedHead;
    if (head.length === 0) return [];
    try {
      const message = this.#parseHead(head);
      this.#buffer.consume(head.length);
      this.#scanner.reset();
      this.#phase = { kind: "between" };
      return [message];
    } catch (error) {
      return [this.#break(error)];
    }
  }

  #drain(): (M | InterleavedBlock | BrokenStream)[] {
    const items: (M | InterleavedBlock | BrokenStream)[] = [];
    try {
      for (let item = this.#next(); item !== undefined; item = this.#next()) {
        if (item !== "again") items.push(item);
      }
    } catch (error) {
      items.push(this.#break(error));
    }
    return items;
  }

  #break(error: unknown): BrokenStream {
    if (!(error instanceof RtspSyntaxError)) throw error; // a bug: let it surface
    this.#phase = { kind: "broken" };
    this.#buffer.consume(this.#buffer.view.length);
    return { kind: "broken", error };
  }

  #next(): M | InterleavedBlock | "again" | undefined {
    switch (this.#phase.kind) {
      case "between":
        return this.#between();
      case "garbage":
        return this.#garbage(this.#phase.length);
      case "head":
        return this.#head();
      case "body":
        return this.#body(this.#phase.message, this.#phase.length);
      case "broken":
        return undefined;
      default:
        return this.#phase satisfies never;
    }
  }

  #between(): InterleavedBlock | "again" | undefined {
    const view = this.#buffer.view;
    const first = view[0];
    if (first === undefined) return undefined;
    if (first === BLOCK_MARK) return this.#block(view);
    if (first === LF || first === CR) return this.#skipEmptyLine(view);
    if (this.#channels.size > 0) {
      const starts = isMessageStart(view, 0, false);
      if (starts === undefined) return undefined;
      if (!starts) return this.#enter({ kind: "garbage", length: 0 });
    }
    return this.#enter({ kind: "head" });
  }

  #skipEmptyLine(view: Uint8Array): "again" | undefined {
    if (view[0] === CR && view.length < 2) return undefined;
    if (view[0] === CR && view[1] !== LF && this.#channels.size > 0) {
      return this.#enter({ kind: "garbage", length: 0 });
    }
    if (view[0] === CR && view[1] !== LF) return this.#enter({ kind: "head" });
    this.#buffer.consume(view[0] === CR ? 2 : 1);
    return "again";
  }

  #block(view: Uint8Array): InterleavedBlock | undefined {
    const [, channel, high, low] = view;
    if (channel === undefined || high === undefined || low === undefined) return undefined;
    const end = BLOCK_HEADER_LENGTH + (high << 8 | low);
    if (view.length < end) return undefined;
    this.#buffer.consume(end);
    if (!this.#channels.has(channel)) this.#channels = new Set([...this.#channels, channel]);
    return { kind: "interleaved", channel, payload: view.subarray(BLOCK_HEADER_LENGTH, end) };
  }

  /** Goes on to where a message or a block of a channel in use (or its RTCP neighbour) starts. */
  #garbage(before: number): "again" | undefined {
    const view = this.#buffer.view;
    let at = 0;
    let found: boolean | undefined = false;
    for (; at < view.length; at++) {
      found = this.#startsSomething(view, at);
      if (found !== false) break;
    }
    this.#buffer.consume(at);
    this.#garbageBytes += at;
    if (before + at > MAX_GARBAGE_LENGTH) {
      throw new RtspSyntaxError(
        `Cannot parse RTSP stream: more than ${MAX_GARBAGE_LENGTH} bytes between blocks are neither ` +
          "messages nor blocks",
      );
    }
    if (found === true) return this.#enter({ kind: "between" });
    this.#phase = { kind: "garbage", length: before + at };
    return undefined;
  }

  #startsSomething(view: Uint8Array, at: number): boolean | undefined {
    if (view[at] !== BLOCK_MARK) return isMessageStart(view, at, true);
    const channel = view[at + 1];
    if (channel === undefined) return undefined;
    return this.#channels.has(channel) || this.#channels.has(channel ^ 1);
  }

  #head(): M | "again" | undefined {
    const view = this.#buffer.view;
    const end = this.#scanner.scan(view);
    if (end === undefined) return undefined;
    const message = this.#parseHead(view.subarray(0, end));
    this.#buffer.consume(end);
    const length = contentLength(message.headers);
    if (length > 0) return this.#enter({ kind: "body", message, length });
    this.#phase = { kind: "between" };
    return message;
  }

  #body(message: M, length: number): M | undefined {
    const view = this.#buffer.view;
    if (view.length < length) return undefined;
    this.#buffer.consume(length);
    this.#phase = { kind: "between" };
    const body = view.slice(0, length);
    const { wire } = message;
    return { ...message, body, ...wire !== undefined && { wire: joinBytes([wire, body]) } };
  }

  #enter(phase: Phase<M>): "again" {
    this.#phase = phase;
    return "again";
  }
}
