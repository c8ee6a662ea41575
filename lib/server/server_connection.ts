import type { Now } from "../bytes/now.ts";
import { WireError } from "../bytes/wire_error.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import { parseLabRequest } from "../rtsp/lab_request.ts";
import { serializeLabReply } from "../rtsp/lab_reply.ts";
import { type FramedRequest, RtspRequestParser, type ServerInput } from "../rtsp/request_parser.ts";
import type { RtspSyntaxError } from "../rtsp/rtsp_syntax_error.ts";
import { reasonOf } from "../rtsp/status.ts";
import type { ConversationHost, MovieContinuation } from "./conversation.ts";
import { LabConversation } from "./lab_conversation.ts";

/** Requests that may wait behind one whose movie is being looked up. */
const MAX_WAITING = 100;

/** One RTSP connection: its bytes become requests, answered in their order (RFC 2326 §9.1). */
export class ServerConnection {
  readonly #host: ConversationHost;
  readonly #parser = new RtspRequestParser();
  readonly #lab: LabConversation;
  #queue: ServerInput[] = [];
  #waiting = false;
  #closed = false;

  constructor(host: ConversationHost) {
    this.#host = host;
    this.#lab = new LabConversation(host);
  }

  /** When silence may end a request, in monotonic milliseconds. */
  get wakeAtMs(): number | undefined {
    return this.#parser.wakeAtMs;
  }

  /** Bytes came in. */
  receive(bytes: Uint8Array, now: Now): void {
    this.#take(this.#parser.push(bytes, now), now);
  }

  /** Time has passed. */
  tick(now: Now): void {
    this.#take(this.#parser.tick(now), now);
  }

  /** A movie is being looked up: what comes meanwhile is answered afterwards. */
  wait(): void {
    this.#waiting = true;
  }

  /** The movie was looked up. */
  resume(then: MovieContinuation, result: MovieLease | MovieRefusal, now: Now): void {
    this.#waiting = false;
    then(result, now);
    this.#take([], now);
  }

  /** The connection is gone. */
  end(reason: string): void {
    this.#closed = true;
    this.#queue = [];
    this.#lab.end(reason);
    this.#host.log("info", `Disconnected: ${reason}`);
  }

  #take(items: readonly ServerInput[], now: Now): void {
    this.#queue.push(...items);
    while (!this.#waiting && !this.#closed) {
      const item = this.#queue.shift();
      if (item === undefined) return;
      this.#handle(item, now);
    }
    if (this.#queue.length > MAX_WAITING) {
      this.#close(`more than ${MAX_WAITING} requests at once`);
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
        return this.#host.log("trace", `Block on channel ${item.channel} ignored`);
      default:
        item satisfies never;
    }
  }

  #handleRequest(request: FramedRequest, now: Now): void {
    for (const line of request.lines) this.#host.log("trace", `C: ${line}`);
    try {
      this.#lab.handle(parseLabRequest(request.lines), now);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#host.write(serializeLabReply({ status: 400, cseq: 0, session: "0" }));
      this.#host.log("warning", `400 ${reasonOf(400)}, ${error.message}`);
    }
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
