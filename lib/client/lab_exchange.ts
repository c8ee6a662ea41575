import type { Now } from "../bytes/now.ts";
import { type LabReply, LabReplyParser } from "../rtsp/lab_reply_parser.ts";
import { serializeLabRequest } from "../rtsp/lab_request.ts";
import type { BrokenStream } from "../rtsp/message.ts";
import { reasonOf } from "../rtsp/status.ts";
import { type ClientCommand, METHOD_OF } from "./client_command.ts";
import { isLabSession } from "./lab_file_problem.ts";

/** How long an answer may take: in the lab silence is a normal one. */
export const REPLY_TIMEOUT_MS = 5_000;
/** How long the answer to a method may take that few lab servers know. */
export const OPTIONAL_REPLY_TIMEOUT_MS = 2_000;

/** A request whose reply is awaited. */
export interface AwaitedRequest {
  readonly command: ClientCommand["kind"];
  readonly method: string;
  readonly cseq: number;
  readonly sentMs: number;
  readonly untilMs: number;
}

/**
 * What came of the conversation.
 *
 * - `message`: a reply came in; what it means follows.
 * - `answered`: the request is done, with success or not.
 * - `unanswered`: its time is over.
 * - `ignored`: a reply that belongs to no request.
 * - `broken`: what comes can no longer be read.
 */
export type ExchangeEvent =
  | { readonly kind: "message"; readonly bytes: Uint8Array }
  | {
    readonly kind: "answered";
    readonly request: AwaitedRequest;
    readonly status: number;
    readonly reason: string;
    readonly body: Uint8Array;
  }
  | { readonly kind: "unanswered"; readonly request: AwaitedRequest }
  | { readonly kind: "ignored"; readonly why: string }
  | { readonly kind: "broken"; readonly problem: string };

/**
 * Requests and replies on one lab connection after another: CSeq from 1 on each, one request at a time,
 * the session from the reply to SETUP.
 *
 * A reply with another CSeq, or a success with another session, is passed over, as the exercise's client
 * does; unlike there, the session of an error is never kept.
 */
export class LabExchange {
  #parser = new LabReplyParser();
  #awaited: AwaitedRequest | undefined;
  #cseq = 0;
  #session: string | undefined;
  readonly #file: string;

  /** @param file One that `labFileProblem` has nothing against. */
  constructor(file: string) {
    this.#file = file;
  }

  /** The request whose reply is awaited. */
  get awaited(): AwaitedRequest | undefined {
    return this.#awaited;
  }

  /** When `tick()` has something to do. */
  get wakeAtMs(): number | undefined {
    const wakeAtMs = Math.min(
      this.#awaited?.untilMs ?? Infinity,
      this.#parser.wakeAtMs ?? Infinity,
    );
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  /** Another connection begins; nothing of the one before it counts. */
  begin(): void {
    this.#parser = new LabReplyParser();
    this.#awaited = undefined;
    this.#cseq = 0;
    this.#session = undefined;
  }

  /** The bytes of the next request, whose reply is awaited from now on. */
  send(command: ClientCommand["kind"], rtpPort: number, now: Now): Uint8Array {
    const method = METHOD_OF[command];
    const cseq = ++this.#cseq;
    const isOptional = command === "describe" || command === "options";
    const sentMs = now.monotonicMs;
    const untilMs = sentMs + (isOptional ? OPTIONAL_REPLY_TIMEOUT_MS : REPLY_TIMEOUT_MS);
    this.#awaited = { command, method, cseq, sentMs, untilMs };
    return serializeLabRequest({
      method,
      file: this.#file,
      cseq,
      ...command === "setup" && { clientPort: rtpPort },
      ...this.#session !== undefined && { session: this.#session },
    });
  }

  /** Nobody waits for the reply any more. */
  forget(): void {
    this.#awaited = undefined;
  }

  /** Bytes came in. */
  receive(bytes: Uint8Array, now: Now): ExchangeEvent[] {
    return this.#take(this.#parser.push(bytes, now));
  }

  /** Time has passed. */
  tick(now: Now): ExchangeEvent[] {
    const events = this.#take(this.#parser.tick(now));
    const request = this.#awaited;
    if (request !== undefined && now.monotonicMs >= request.untilMs) {
      this.#awaited = undefined;
      events.push({ kind: "unanswered", request });
    }
    return events;
  }

  /** The connection has ended, and with it a reply without terminator. */
  finish(now: Now): ExchangeEvent[] {
    const monotonicMs = Math.max(now.monotonicMs, this.#parser.wakeAtMs ?? 0);
    return this.#take(this.#parser.tick({ ...now, monotonicMs }));
  }

  #take(items: readonly (LabReply | BrokenStream)[]): ExchangeEvent[] {
    return items.flatMap((item): ExchangeEvent[] => {
      if (item.kind === "broken") return [{ kind: "broken", problem: item.error.message }];
      return [{ kind: "message", bytes: item.wire }, ...this.#takeReply(item)];
    });
  }

  #takeReply(reply: LabReply): ExchangeEvent[] {
    const { status, session, body } = reply;
    const reason = reply.reason === "" ? reasonOf(status) : reply.reason;
    const request = this.#awaited;
    const why = this.#whyIgnored(reply);
    if (request === undefined || why !== undefined) {
      return [{ kind: "ignored", why: `${status} ${reason}: ${why ?? "none is awaited"}` }];
    }
    if (status < 200) return []; // another reply follows (RFC 2326 §11)
    this.#awaited = undefined;
    if (request.command === "setup" && status < 300) this.#keep(session);
    return [{ kind: "answered", request, status, reason, body }];
  }

  /** A session that cannot be sent back is none: most lab servers do not look at it. */
  #keep(session: string | undefined): void {
    this.#session = isLabSession(session ?? "", this.#file) ? session : undefined;
  }

  #whyIgnored({ status, cseq, session }: LabReply): string | undefined {
    const request = this.#awaited;
    if (request === undefined) return undefined;
    if (cseq !== undefined && cseq !== request.cseq) {
      return `its CSeq is ${cseq}, ${request.cseq} is awaited`;
    }
    const isCompared = status < 300 && request.command !== "setup";
    if (!isCompared || session === undefined || this.#session === undefined) return undefined;
    return session === this.#session
      ? undefined
      : `its session is ${session}, ours is ${this.#session}`;
  }
}
