import type { Now } from "../bytes/now.ts";
import { contentLength } from "./content_length.ts";
import { excerpt } from "./excerpt.ts";
import { headLines } from "./head_lines.ts";
import { LAB_QUIET_MS, MAX_HEAD_LENGTH } from "./limits.ts";
import type { BrokenStream, RtspResponse } from "./message.ts";
import { type RtspHeader, RtspHeaders } from "./rtsp_headers.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { StreamBuffer } from "./stream_buffer.ts";
import { isToken } from "./token.ts";

/** A reply in any of the forms that lab servers send. */
export interface LabReply extends RtspResponse {
  /** From the header of that name, else the integer of line 2. */
  readonly cseq?: number;
  /** From the header of that name, else the second word of line 3; without `;timeout`. */
  readonly session?: string;
  /** The lines of the head as they came, without their ends. */
  readonly lines: readonly string[];
  readonly wire: Uint8Array;
}

const PREFIX = "RTSP/";
const STATUS_LINE = /^(RTSP\/\d{1,2}\.\d{1,2}) +([1-5]\d\d)(?:[ \t]+(.*))?$/;
const BLANK_LINE = /\n\r?\n/;
/** One character a byte, so that places in the text are places in the bytes. */
const LATIN1 = new TextDecoder("latin1");

/**
 * Push parser of a lab server's replies, for the client's side: with and without a blank line (then
 * silence of `LAB_QUIET_MS` or the next reply ends one), with a body by `Content-Length` or, where only a
 * `Content-Type` announces it, by silence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const parser = new LabReplyParser();
 * const bytes = new TextEncoder().encode("RTSP/1.0 200 OK\nCSeq: 1\nSession: 751858");
 * assertEquals(parser.push(bytes, { monotonicMs: 0, unixMs: 0 }), []);
 * const [reply] = parser.tick({ monotonicMs: 30, unixMs: 30 });
 * assertEquals(reply?.kind === "response" && reply.session, "751858");
 * ```
 */
export class LabReplyParser {
  readonly #buffer = new StreamBuffer();
  #wakeAtMs: number | undefined;
  /** How many bytes a body waits for, so that a long one is not looked at with each byte. */
  #needed = 0;
  #replies = 0;
  #broken = false;

  /** The monotonic time at which `tick` has something to look at; `undefined` where silence ends nothing. */
  get wakeAtMs(): number | undefined {
    return this.#wakeAtMs;
  }

  /**
   * The replies that are whole with this chunk. Input that cannot be read ends the list with one
   * `broken` item, after which every push returns nothing. Throws nothing.
   */
  push(chunk: Uint8Array, now: Now): (LabReply | BrokenStream)[] {
    const items = this.tick(now);
    if (chunk.length === 0 || this.#broken) return items;
    this.#buffer.append(chunk);
    items.push(...this.#drain(false));
    this.#buffer.own();
    const waits = !this.#broken && this.#needed === 0 && this.#buffer.view.length > 0;
    this.#wakeAtMs = waits ? now.monotonicMs + LAB_QUIET_MS : undefined;
    return items;
  }

  /** The reply that silence has ended by now, if any. */
  tick(now: Now): (LabReply | BrokenStream)[] {
    if (this.#wakeAtMs === undefined || now.monotonicMs < this.#wakeAtMs) return [];
    this.#wakeAtMs = undefined;
    return this.#drain(true);
  }

  #drain(quiet: boolean): (LabReply | BrokenStream)[] {
    const items: (LabReply | BrokenStream)[] = [];
    try {
      for (let reply = this.#next(quiet); reply !== undefined; reply = this.#next(quiet)) {
        items.push(reply);
        this.#replies++;
      }
    } catch (error) {
      if (!(error instanceof RtspSyntaxError)) throw error; // a bug: let it surface
      this.#broken = true;
      items.push({ kind: "broken", error });
    }
    return items;
  }

  #next(quiet: boolean): LabReply | undefined {
    if (this.#buffer.view.length < this.#needed) return undefined;
    this.#needed = 0;
    this.#skipJunk();
    const view = this.#buffer.view;
    const text = LATIN1.decode(view);
    if (text.length < PREFIX.length) return undefined;
    const another = text.slice(1).search(/RTSP\/\d\.\d [1-5]\d\d/) + 1;
    const limit = another === 0 ? text.length : another;
    const blank = BLANK_LINE.exec(text.slice(0, limit));
    if (blank !== null) {
      return this.#withBody(blank.index + blank[0].length, limit, quiet || another > 0);
    }
    if (limit > MAX_HEAD_LENGTH) fail(`its head is longer than ${MAX_HEAD_LENGTH} bytes`, 413);
    const head = view.subarray(0, limit);
    if (another === 0 && !(quiet && isWhole(headLines(head)))) return undefined;
    this.#buffer.consume(limit);
    return { ...parseReply(head), body: new Uint8Array(), wire: head.slice() };
  }

  /** @param limit Where another reply starts or the bytes so far end. */
  #withBody(headLength: number, limit: number, ended: boolean): LabReply | undefined {
    const view = this.#buffer.view;
    const reply = parseReply(view.subarray(0, headLength));
    const announced = reply.headers.has("Content-Length");
    const untilEnd = !announced && reply.headers.has("Content-Type");
    if (untilEnd && limit > MAX_HEAD_LENGTH) {
      fail(`a body without Content-Length is longer than ${MAX_HEAD_LENGTH} bytes`, 413);
    }
    if (untilEnd && !ended) return undefined;
    const end = untilEnd ? limit : headLength + contentLength(reply.headers);
    if (view.length < end) {
      this.#needed = end;
      return undefined;
    }
    this.#buffer.consume(end);
    return { ...reply, body: view.slice(headLength, end), wire: view.slice(0, end) };
  }

  /** Passes over empty lines, and over text behind a reply that belongs to no other. */
  #skipJunk(): void {
    const text = LATIN1.decode(this.#buffer.view);
    const start = text.search(/\S|$/);
    const rest = text.slice(start, start + PREFIX.length);
    if (PREFIX.startsWith(rest)) return this.#buffer.consume(start);
    if (this.#replies === 0) fail(`it starts with ${excerpt(text)}, "RTSP/1.0" is wanted`, 400);
    const next = text.indexOf(PREFIX, start);
    // The last bytes may be the first of the next reply.
    this.#buffer.consume(next >= 0 ? next : Math.max(0, text.length - (PREFIX.length - 1)));
    if (next < 0 && !PREFIX.startsWith(LATIN1.decode(this.#buffer.view))) this.#buffer.consume(1);
    if (this.#buffer.view.length > 0) this.#skipJunk();
  }
}

/** Whether silence may end the reply: it has its CSeq line, or is an error. */
function isWhole(lines: readonly string[]): boolean {
  return /\d/.test(lines[1] ?? "") || /^RTSP\/\S+ +[45]\d\d/.test(lines[0] ?? "");
}

function parseReply(head: Uint8Array): Omit<LabReply, "body" | "wire"> {
  if (head.length > MAX_HEAD_LENGTH) fail(`its head is longer than ${MAX_HEAD_LENGTH} bytes`, 413);
  const lines = headLines(head);
  const [first = "", second = "", third = ""] = lines;
  const [, version = "", status = "", reason = ""] = STATUS_LINE.exec(first.trimEnd()) ?? [];
  if (status === "") fail(`first line ${excerpt(first)} is not "RTSP/1.0 <status> <reason>"`, 400);
  // deno-lint-ignore no-control-regex
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(lines.join(""))) fail("its head holds control bytes", 400);
  const headers = headersOf(lines.slice(1));
  const cseq = /^\d{1,10}$/.exec(
    headers.get("CSeq") ?? /(?<!\d)\d+$/.exec(second.trimEnd())?.[0] ?? "",
  )
    ?.[0];
  const session = (headers.get("Session") ?? third.split(" ")[1])?.split(";")[0]?.trim();
  return {
    kind: "response",
    version,
    status: Number(status),
    reason,
    headers,
    ...cseq === undefined ? {} : { cseq: Number(cseq) },
    ...session === undefined || session === "" ? {} : { session },
    lines,
  };
}

/** The lines that are headers; lab servers send others as well. */
function headersOf(lines: readonly string[]): RtspHeaders {
  const entries: RtspHeader[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim();
    if (isToken(name)) entries.push([name, line.slice(colon + 1).trim()]);
  }
  return new RtspHeaders(entries);
}

function fail(problem: string, status: 400 | 413): never {
  throw new RtspSyntaxError(`Cannot parse lab reply: ${problem}`, status);
}
