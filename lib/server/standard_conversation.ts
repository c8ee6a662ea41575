import type { Now } from "../bytes/now.ts";
import { WireError } from "../bytes/wire_error.ts";
import type { RtspRequest } from "../rtsp/message.ts";
import { pathSegments } from "../rtsp/path_segments.ts";
import { parseSession } from "../rtsp/session_header.ts";
import { reasonOf } from "../rtsp/status.ts";
import { ChannelTable } from "./channel_table.ts";
import { checkRequest, SERVED } from "./check_request.ts";
import type { ConversationHost } from "./conversation.ts";
import { describeRequest } from "./describe_request.ts";
import { type MovieUrl, parseMovieUrl } from "./movie_url.ts";
import { getParameter, setParameter } from "./parameters.ts";
import { pauseRequest, playRequest } from "./play_request.ts";
import { nextState, STANDARD_TRANSITIONS } from "./session_states.ts";
import { setupRequest } from "./setup_request.ts";
import { plainText, serializeStandardReply, type StandardReply } from "./standard_reply.ts";
import type { Exchange, StandardContext } from "./standard_exchange.ts";
import { StandardSession } from "./standard_session.ts";

/** The methods that mean nothing without a session. */
const NEEDS_SESSION: ReadonlySet<string> = new Set(["PLAY", "PAUSE", "TEARDOWN"]);

/** The standard dialect on one connection (RFC 2326). */
export class StandardConversation {
  readonly #host: ConversationHost;
  readonly #channels = new ChannelTable();
  readonly #context: StandardContext;
  /** The last request, as `textOf` has it, and its answer: all that is kept of them. */
  #last: { readonly text: string; readonly reply: Uint8Array } | undefined;

  constructor(host: ConversationHost) {
    this.#host = host;
    this.#context = {
      host,
      channels: this.#channels,
      answer: (exchange, reply, detail) => this.#answer(exchange, reply, detail),
    };
  }

  /** Answers one request, at once or later. */
  handle(request: RtspRequest, now: Now): void {
    if (this.#last?.text === textOf(request)) {
      this.#host.log("info", `${request.method} repeated with the same CSeq: answered as before`);
      return this.#host.write(this.#last.reply);
    }
    const cseq = request.headers.get("CSeq");
    if (cseq === undefined || !/^\d{1,10}$/.test(cseq)) {
      const why = cseq === undefined ? "CSeq is missing" : "CSeq is no number of up to 10 digits";
      return this.#refuse({ status: 400, ...plainText(why) }, now, why);
    }
    const exchange = { request, cseq, now, url: undefined, user: undefined, session: undefined };
    try {
      this.#check(exchange);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#answer(exchange, { status: 400, ...plainText(error.message) }, error.message);
    }
  }

  /** A block came in on one of the connection's channels (RFC 2326 §10.12). */
  receiveBlock(channel: number, payload: Uint8Array, now: Now): void {
    const session = this.#channels.ownerOf(channel);
    if (session === undefined) {
      return this.#host.log("trace", `Block on channel ${channel} belongs to no session: ignored`);
    }
    session.lastSeenMs = now.monotonicMs;
    if (session.route.kind !== "interleaved" || session.route.controlChannel !== channel) return;
    this.#host.receiveControl(session, payload, now);
  }

  /** The connection is gone, and with it the sessions whose media went through it. */
  end(reason: string, now: Now): void {
    for (const session of this.#channels.sessions) {
      this.#host.log("info", `Session ended: ${reason}`, session.id);
      this.#host.removeSession(session, now);
    }
    this.#channels.clear();
  }

  /** A request that cannot be read has been refused in these words. */
  #refuse(reply: StandardReply, now: Now, detail: string): void {
    const { product } = this.#host.settings;
    this.#host.write(serializeStandardReply(reply, { product, unixMs: now.unixMs }));
    this.#host.log("warning", `${reply.status} ${reasonOf(reply.status)}, ${detail}`);
  }

  /** What does not depend on who asks. */
  #check(exchange: Exchange): void {
    const { request } = exchange;
    const { method, uri } = request;
    const refusal = checkRequest(request);
    if (refusal !== undefined) return this.#answer(exchange, refusal.reply, refusal.detail);
    if (method === "OPTIONS") {
      this.#touch(exchange);
      return this.#answer(exchange, { status: 200, headers: [["Public", SERVED]] });
    }
    if (uri === "*") return this.#authenticate(exchange, []);
    const url = parseMovieUrl(uri);
    const path = safePath(url);
    if (typeof path === "string") return this.#answer(exchange, { status: 404 }, path);
    this.#authenticate({ ...exchange, url }, path);
  }

  #authenticate(exchange: Exchange, path: readonly string[]): void {
    const { authenticator } = this.#host.settings;
    if (authenticator === undefined) return this.#findSession(exchange);
    const { request, now } = exchange;
    const authorization = request.headers.get("Authorization");
    const result = authenticator.check({
      method: request.method,
      uri: request.uri,
      path,
      ...authorization === undefined ? {} : { authorization },
      peerAddress: this.#host.peer.address,
    }, now);
    switch (result.kind) {
      case "allowed":
        return this.#findSession({ ...exchange, user: result.user });
      case "forbidden":
        return this.#answer(exchange, { status: 403 }, result.reason);
      case "bad":
        return this.#later(
          result.delayMs,
          now,
          () => this.#answer(exchange, { status: 400 }, result.reason),
        );
      case "challenge": {
        const headers = result.challenges.map((value) => ["WWW-Authenticate", value] as const);
        return this.#later(
          result.delayMs,
          now,
          () =>
            this.#answer(
              exchange,
              { status: 401, headers },
              result.stale ? "stale nonce" : undefined,
            ),
        );
      }
      default:
        result satisfies never;
    }
  }

  #later(delayMs: number, now: Now, then: () => void): void {
    if (delayMs > 0) this.#host.delay(delayMs, now, then);
    else then();
  }

  #findSession(exchange: Exchange): void {
    const { method, headers } = exchange.request;
    const named = headers.get("Session");
    if (named === undefined) {
      if (NEEDS_SESSION.has(method)) {
        return this.#answer(exchange, { status: 454 }, "no Session header");
      }
      return this.#checkState(exchange);
    }
    const { id } = parseSession(named);
    const session = this.#ownSession(id, exchange.user);
    if (session === undefined) {
      return this.#answer(exchange, { status: 454 }, "no such session of this peer");
    }
    session.lastSeenMs = exchange.now.monotonicMs;
    this.#checkState({ ...exchange, session });
  }

  /** The session of this id if it is this peer's and this user's (§12.37). */
  #ownSession(id: string, user: string | undefined): StandardSession | undefined {
    const session = this.#host.session(id);
    if (!(session instanceof StandardSession)) return undefined;
    if (session.peer.address !== this.#host.peer.address || session.user !== user) return undefined;
    return session;
  }

  #touch({ request, now }: Exchange): void {
    const named = request.headers.get("Session");
    if (named === undefined) return;
    const session = this.#host.session(parseSession(named).id);
    if (!(session instanceof StandardSession)) return;
    if (session.peer.address === this.#host.peer.address) session.lastSeenMs = now.monotonicMs;
  }

  #checkState(exchange: Exchange): void {
    const { request: { method }, session } = exchange;
    const state = session?.state ?? "init";
    if (
      !method.endsWith("_PARAMETER") &&
      nextState(STANDARD_TRANSITIONS, state, method) === undefined
    ) {
      const allowed = [...STANDARD_TRANSITIONS[state].keys()].join(", ");
      const reply = { status: 455, headers: [["Allow", allowed]] } as const;
      return this.#answer(exchange, reply, `the state is ${state.toUpperCase()}`);
    }
    this.#dispatch(exchange);
  }

  #dispatch(exchange: Exchange): void {
    const { request, session, url } = exchange;
    const { method } = request;
    if (method === "GET_PARAMETER") return this.#answer(exchange, getParameter(request, session));
    if (method === "SET_PARAMETER") return this.#answer(exchange, setParameter(request));
    if (url === undefined) throw new TypeError(`Cannot handle ${method} *: it was not refused`);
    if (method === "DESCRIBE") return describeRequest(this.#context, exchange, url);
    if (method === "SETUP") return setupRequest(this.#context, exchange, url);
    if (session === undefined) throw new TypeError(`Cannot handle ${method} without a session`);
    if (url.movie !== session.url.movie) {
      return this.#answer(exchange, { status: 404 }, "the session plays another movie");
    }
    switch (method) {
      case "PLAY":
        return playRequest(this.#context, exchange, session);
      case "PAUSE":
        return pauseRequest(this.#context, exchange, session);
      case "TEARDOWN":
        return this.#teardown(exchange, session);
      default:
        throw new TypeError(`Cannot handle ${method}: it was not refused`);
    }
  }

  #teardown(exchange: Exchange, session: StandardSession): void {
    const { frames, octets } = session.playback.counts;
    if (session.carrier === undefined) {
      this.#host.sendControl(session.id, session.route, session.report(exchange.now, "teardown"));
    }
    this.#answer(exchange, { status: 200 }, `${frames} frames (${octets} bytes) sent`);
    this.#host.removeSession(session, exchange.now);
    this.#channels.give(session, []);
  }

  /** Writes the reply and one line about it. */
  #answer(exchange: Exchange, reply: StandardReply, detail?: string): void {
    const { request, cseq, now, session } = exchange;
    const { product } = this.#host.settings;
    const bytes = serializeStandardReply(reply, { cseq, product, unixMs: now.unixMs });
    this.#last = { text: textOf(request), reply: bytes };
    this.#host.write(bytes);
    const { status } = reply;
    const why = detail === undefined ? "" : `, ${detail}`;
    this.#host.log(
      status < 400 || status === 401 ? "info" : "warning",
      `${request.method} ${request.uri}: ${status} ${reasonOf(status)}${why}`,
      session?.id,
    );
  }
}

/** The parts of the path once decoded, or why it is not what it seems: names of nothing that is served. */
function safePath({ path }: MovieUrl): string[] | string {
  try {
    return pathSegments(path);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return error.message;
  }
}

/**
 * What tells a request from others: the one before, sent again, has the same CSeq and is the same in all
 * else (§12.17). In one string of its own, which holds nothing of the message in memory.
 */
function textOf({ headers, method, uri, body }: RtspRequest): string {
  const lines = headers.entries.map(([name, value]) => `${name}: ${value}`);
  return [method, uri, body.length, ...lines].join("\n");
}
