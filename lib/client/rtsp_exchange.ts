import type { Now } from "../bytes/now.ts";
import type { InterleavedBlock, RtspItem, RtspRequest, RtspResponse } from "../rtsp/message.ts";
import { RTSP_VERSION } from "../rtsp/message.ts";
import { RtspMessageParser } from "../rtsp/message_parser.ts";
import { type RtspHeader, RtspHeaders } from "../rtsp/rtsp_headers.ts";
import { serializeRequest, serializeResponse } from "../rtsp/serialize_message.ts";
import { reasonOf } from "../rtsp/status.ts";

/** A request whose reply is awaited. */
export interface AwaitedRequest<T> {
  /** What its sender has to know when the reply comes. */
  readonly tag: T;
  readonly method: string;
  readonly uri: string;
  readonly cseq: number;
  readonly sentMs: number;
  readonly untilMs: number;
}

/** One request to be sent; CSeq is added to its headers. */
export interface OutgoingRequest<T> {
  /** Given back with the reply. */
  readonly tag: T;
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly RtspHeader[];
  /** How long the reply may take. */
  readonly patienceMs: number;
}

/**
 * What came of the conversation.
 *
 * - `message`: a message came in; what it means follows.
 * - `answered`: a request is done, with success or not.
 * - `unanswered`: its time is over.
 * - `asked`: the server asks for something itself.
 * - `block`: a packet inside the connection.
 * - `ignored`: a reply that belongs to no request.
 * - `broken`: what comes can no longer be read.
 */
export type RtspEvent<T> =
  | { readonly kind: "message"; readonly bytes: Uint8Array }
  | {
    readonly kind: "answered";
    readonly request: AwaitedRequest<T>;
    readonly response: RtspResponse;
    /** The server's, or RFC 2326's where it gave none. */
    readonly reason: string;
  }
  | { readonly kind: "unanswered"; readonly request: AwaitedRequest<T> }
  | { readonly kind: "asked"; readonly request: RtspRequest }
  | { readonly kind: "block"; readonly block: InterleavedBlock }
  | { readonly kind: "ignored"; readonly why: string }
  | {
    readonly kind: "broken";
    readonly problem: string;
    /** Whether it looks like TLS. */
    readonly isTls: boolean;
  };

/**
 * Requests and replies on one standard connection after another. CSeq goes on counting over connections:
 * some servers take a number that they had before for a repetition. A reply without CSeq answers the
 * oldest request.
 */
export class RtspExchange<T> {
  #parser = new RtspMessageParser({ keepsWire: true });
  #awaited: AwaitedRequest<T>[] = [];
  #cseq = 0;

  /** The requests whose replies are awaited, oldest first. */
  get awaited(): readonly AwaitedRequest<T>[] {
    return this.#awaited;
  }

  /** When `tick()` has something to do. */
  get wakeAtMs(): number | undefined {
    const untils = this.#awaited.map(({ untilMs }) => untilMs);
    return untils.length === 0 ? undefined : Math.min(...untils);
  }

  /** Another connection begins; nothing of the one before it counts. */
  begin(): void {
    this.#parser = new RtspMessageParser({ keepsWire: true });
    this.#awaited = [];
  }

  /** Nobody waits for replies any more. */
  forget(): void {
    this.#awaited = [];
  }

  /** The bytes of a request, whose reply is awaited from now on. */
  send({ tag, method, uri, headers, patienceMs }: OutgoingRequest<T>, now: Now): Uint8Array {
    const cseq = ++this.#cseq;
    const sentMs = now.monotonicMs;
    this.#awaited.push({ tag, method, uri, cseq, sentMs, untilMs: sentMs + patienceMs });
    return serializeRequest({
      kind: "request",
      method,
      uri,
      version: RTSP_VERSION,
      headers: new RtspHeaders([["CSeq", String(cseq)], ...headers]),
      body: new Uint8Array(),
    });
  }

  /** The bytes of a reply to a request of the server. */
  answer(request: RtspRequest, status: number, headers: readonly RtspHeader[] = []): Uint8Array {
    const cseq = request.headers.get("CSeq");
    return serializeResponse({
      kind: "response",
      version: RTSP_VERSION,
      status,
      reason: reasonOf(status),
      headers: new RtspHeaders([
        ...cseq !== undefined && /^\d{1,10}$/.test(cseq) ? [["CSeq", cseq] as const] : [],
        ...headers,
      ]),
      body: new Uint8Array(),
    });
  }

  /** Bytes came in. */
  receive(bytes: Uint8Array): RtspEvent<T>[] {
    return this.#parser.push(bytes).flatMap((item) => this.#take(item));
  }

  /** Time has passed. */
  tick(now: Now): RtspEvent<T>[] {
    const late = this.#awaited.filter(({ untilMs }) => now.monotonicMs >= untilMs);
    this.#awaited = this.#awaited.filter(({ untilMs }) => now.monotonicMs < untilMs);
    return late.map((request) => ({ kind: "unanswered", request }));
  }

  #take(item: RtspItem): RtspEvent<T>[] {
    switch (item.kind) {
      case "interleaved":
        return [{ kind: "block", block: item }];
      case "request":
        return [...messageOf(item), { kind: "asked", request: item }];
      case "response":
        return [...messageOf(item), ...this.#takeResponse(item)];
      case "broken":
        return [{ kind: "broken", problem: item.error.message, isTls: item.error.isTls }];
      default:
        return item satisfies never;
    }
  }

  #takeResponse(response: RtspResponse): RtspEvent<T>[] {
    const { status, headers } = response;
    if (status < 200) return []; // another reply follows (RFC 2326 §11)
    const reason = response.reason === "" ? reasonOf(status) : response.reason;
    const cseq = headers.get("CSeq");
    const [oldest] = this.#awaited;
    const request = cseq === undefined
      ? oldest
      : this.#awaited.find((awaited) => awaited.cseq === Number(cseq));
    if (request === undefined) {
      const awaited = oldest === undefined ? "none is awaited" : `${oldest.cseq} is awaited`;
      const why = cseq === undefined ? awaited : `its CSeq is ${cseq.slice(0, 20)}, ${awaited}`;
      return [{ kind: "ignored", why: `${status} ${reason}: ${why}` }];
    }
    this.#awaited = this.#awaited.filter((awaited) => awaited !== request);
    return [{ kind: "answered", request, response, reason }];
  }
}

function messageOf({ wire }: RtspRequest | RtspResponse): { kind: "message"; bytes: Uint8Array }[] {
  return wire === undefined ? [] : [{ kind: "message", bytes: wire }];
}
