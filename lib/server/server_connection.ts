import type { Now } from "../bytes/now.ts";
import { WireError } from "../bytes/wire_error.ts";
import { parseLabRequest } from "../rtsp/lab_request.ts";
import { serializeLabReply } from "../rtsp/lab_reply.ts";
import { type FramedRequest, RtspRequestParser, type ServerInput } from "../rtsp/request_parser.ts";
import type { RtspSyntaxError } from "../rtsp/rtsp_syntax_error.ts";
import { reasonOf } from "../rtsp/status.ts";
import type { ConversationHost } from "./conversation.ts";
import { LabConversation } from "./lab_conversation.ts";
import { rareLineMs } from "./rare_line.ts";
import type { ConnectionId } from "./server_output.ts";
import { StandardConversation } from "./standard_conversation.ts";

/** How often a connection is looked at: one request may be on its way for this long, not for two. */
export const LOOK_MS = 15_000;

/** How long a connection may ask for nothing while it has no session. */
export const MAX_IDLE_MS = 120_000;

/** Requests that may wait behind one whose movie is being looked up. */
const MAX_WAITING = 100;

/** Bytes of bodies that may wait with them: parameters have some hundred. */
const MAX_WAITING_OCTETS = 1024 * 1024;

/** One RTSP connection: its bytes become requests, answered in their order (RFC 2326 §9.1). */
export class ServerConnection {
  readonly #host: ConversationHost;
  readonly #parser = new RtspRequestParser();
  readonly #lab: LabConversation;
  readonly #standard: StandardConversation;
  #queue: ServerInput[] = [];
  #waiting = false;
  #closed = false;
  #lastSeenMs: number;
  /** How many requests had come when the connection was looked at, if one was on its way. */
  #unfinishedAfter: number | undefined;
  #received = 0;

  constructor(host: ConversationHost, now: Now) {
    this.#host = host;
    this.#lab = new LabConversation(host);
    this.#standard = new StandardConversation(host);
    this.#lastSeenMs = now.monotonicMs;
    this.#watch(now);
  }

  /** Which one it is. */
  get id(): ConnectionId {
    return this.#host.connection;
  }

  /** When silence may end a request, in monotonic milliseconds. */
  get wakeAtMs(): number | undefined {
    return this.#parser.wakeAtMs;
  }

  /** Bytes came in. */
  receive(bytes: Uint8Array, now: Now): void {
    if (this.#closed) return;
    this.#lastSeenMs = now.monotonicMs;
    this.#take(this.#parser.push(bytes, now), now);
  }

  /** Time has passed. */
  tick(now: Now): void {
    this.#take(this.#parser.tick(now), now);
  }

  /** Something is awaited for a request: what comes meanwhile is answered afterwards. */
  wait(): void {
    this.#waiting = true;
  }

  /**
   * What was awaited is there: goes on with its request, then with those behind it.
   *
   * @returns Whether it was awaited still; not so once the connection is being closed.
   */
  resume(then: () => void, now: Now): boolean {
    if (this.#closed) return false;
    this.#waiting = false;
    then();
    this.#take([], now);
    return true;
  }

  /** The connection is gone. */
  end(reason: string, now: Now): void {
    this.#closed = true;
    this.#queue = [];
    this.#lab.end(reason, now);
    this.#standard.end(reason, now);
    this.#host.log("info", `Disconnected: ${reason}`);
  }

  /** Slow senders and forgotten connections are not kept. */
  #watch(now: Now): void {
    this.#host.at(rareLineMs(now.monotonicMs + LOOK_MS), (then) => {
      if (this.#closed) return;
      const isSlow = this.#parser.isUnfinished && this.#unfinishedAfter === this.#received;
      if (isSlow) return this.#close(`one request took more than ${LOOK_MS / 1000} s`);
      const idleMs = then.monotonicMs - this.#lastSeenMs;
      if (idleMs >= MAX_IDLE_MS && !this.#host.hasSession()) {
        return this.#close(`it asked for nothing for ${MAX_IDLE_MS / 1000} s`);
      }
      this.#unfinishedAfter = this.#parser.isUnfinished ? this.#received : undefined;
      this.#watch(then);
    });
  }

  #take(items: readonly ServerInput[], now: Now): void {
    this.#received += items.length;
    this.#queue.push(...this.#waiting ? items.map(kept) : items);
    while (!this.#waiting && !this.#closed) {
      const item = this.#queue.shift();
      if (item === undefined) return;
      this.#handle(item, now);
    }
    if (this.#queue.length > MAX_WAITING) {
      return this.#close(`more than ${MAX_WAITING} requests at once`);
    }
    const octets = this.#queue.reduce(
      (sum, item) => sum + ("body" in item ? item.body.length : 0),
      0,
    );
    if (octets > MAX_WAITING_OCTETS) {
      this.#close(`more than ${MAX_WAITING_OCTETS} bytes of requests at once`);
    }
  }

  #handle(item: ServerInput, now: Now): void {
    switch (item.kind) {
      case "request":
        return this.#handleRequest(item, now);
      case "broken":
        return this.#refuse(item.error);
      case "response":
        return this.#host.log("warning", `Unexpected response ${item.status} ignored`);
      case "interleaved":
        return this.#standard.receiveBlock(item.channel, item.payload, now);
      default:
        item satisfies never;
    }
  }

  #handleRequest(request: FramedRequest, now: Now): void {
    this.#host.trace("C", () => request.lines);
    if (this.#isStandard(request)) return this.#standard.handle(request, now);
    try {
      this.#lab.handle(parseLabRequest(request.lines), now);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#host.write(serializeLabReply({ status: 400, cseq: 0, session: "0" }));
      this.#host.log("warning", `400 ${reasonOf(400)}, ${error.message}`);
    }
  }

  /**
   * Which dialect a request speaks: the form of its URI and Transport tells (`framing`), but a lab client
   * may name its movie by a URL, and then means the session that it has.
   */
  #isStandard({ framing, method, headers }: FramedRequest): boolean {
    if (framing === "lab") return false;
    const lab = this.#lab.session;
    if (lab === undefined || method === "SETUP") return true;
    const named = headers.get("Session");
    return named !== undefined && named !== lab.id;
  }

  /** What cannot be read has no end either: it is answered, and the connection closed. */
  #refuse(error: RtspSyntaxError): void {
    this.#host.write(serializeLabReply({ status: error.status, cseq: 0, session: "0" }));
    this.#host.log("warning", `${error.status} ${reasonOf(error.status)}, ${error.message}`);
    this.#close(error.message);
  }

  #close(reason: string): void {
    this.#closed = true;
    this.#queue = [];
    this.#host.close(reason);
  }
}

/** What waits is kept past the call: the payload of a block is a view of the bytes that came in. */
function kept(item: ServerInput): ServerInput {
  return item.kind === "interleaved" ? { ...item, payload: item.payload.slice() } : item;
}
