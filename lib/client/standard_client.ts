import type { Now } from "../bytes/now.ts";
import type { RtspRequest } from "../rtsp/message.ts";
import { type ClientCommand, METHOD_OF } from "./client_command.ts";
import type { ClientLink, ClientMachine } from "./client_machine.ts";
import type { ClientOutput } from "./client_output.ts";
import { CLIENT_TRANSITIONS, type ClientState, nextClientState } from "./client_states.ts";
import type { Reception } from "./reception.ts";
import type { AwaitedRequest, RtspEvent } from "./rtsp_exchange.ts";
import type { SessionFigures } from "./session_figures.ts";
import { obeyRedirect } from "./standard_redirect.ts";
import { TLS_HINTS } from "./tls_hints.ts";
import { giveUp, takeAnswer } from "./standard_replies.ts";
import {
  CONNECT_TIMEOUT_MS,
  type StandardClientOptions,
  StandardSession,
} from "./standard_session.ts";
import { heedSilence } from "./standard_silence.ts";
import type { StandardStep, StepName } from "./standard_step.ts";

/** Requests of a server that are answered 200 and mean no more than that it wants an answer. */
const PINGS: ReadonlySet<string> = new Set(["OPTIONS", "GET_PARAMETER", "SET_PARAMETER"]);

/**
 * The standard dialect (RFC 2326): describes what is to be played, sets its JPEG track up over the first
 * transport that brings something, and plays. One request at a time; TEARDOWN alone overtakes others, and
 * the connection is closed after it.
 */
export class StandardClient implements ClientMachine {
  readonly #session: StandardSession;
  #waiting: ClientCommand[] = [];

  constructor(options: StandardClientOptions) {
    this.#session = new StandardSession(options);
  }

  get state(): ClientState {
    return this.#session.state;
  }

  get isBusy(): boolean {
    const { link, steps } = this.#session;
    return link.kind === "connecting" || !this.#isIdle || steps.length > 0 ||
      this.#waiting.length > 0;
  }

  get reception(): Reception {
    return this.#session.stream.reception;
  }

  get figures(): SessionFigures {
    const { place, playhead, roundTrip, keepalive, stream } = this.#session;
    const { range, movie, scale } = playhead;
    return {
      ...range !== undefined && { range },
      ...movie !== undefined && { movie },
      scale,
      dialect: "standard",
      transport: place.plan.figures,
      roundTrip,
      keepalives: keepalive.count,
      rtcp: stream.rtcp,
      ssrc: stream.ssrc,
    };
  }

  get wakeAtMs(): number | undefined {
    const { link, exchange, stream, keepalive } = this.#session;
    const wakeAtMs = Math.min(
      link.kind === "connecting" ? link.untilMs : Infinity,
      exchange.wakeAtMs ?? Infinity,
      stream.wakeAtMs ?? Infinity,
      this.isBusy ? Infinity : keepalive.dueMs ?? Infinity,
    );
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  command(command: ClientCommand, now: Now): ClientOutput[] {
    if (command.kind === "teardown") this.#tearDown(now);
    else this.#waiting.push(command);
    return this.#goOn(now);
  }

  connected(link: ClientLink, now: Now): ClientOutput[] {
    this.#session.link = { kind: "up", ...link };
    this.#session.exchange.begin();
    return this.#goOn(now);
  }

  receive(bytes: Uint8Array, now: Now): ClientOutput[] {
    const session = this.#session;
    if (session.link.kind !== "up") return this.#goOn(now);
    for (const event of session.exchange.receive(bytes)) {
      if (session.link.kind === "up") this.#take(event, now);
    }
    return this.#goOn(now);
  }

  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string, now: Now): ClientOutput[] {
    const protocol = this.#session.stream.path?.protocol;
    if (protocol !== undefined && protocol !== "tcp") this.#packet(channel, bytes, from, now);
    return this.#goOn(now);
  }

  disconnected(reason: string, now: Now): ClientOutput[] {
    const session = this.#session;
    const { kind } = session.link;
    const [request] = session.exchange.awaited;
    session.link = { kind: "none" };
    session.exchange.forget();
    if (request?.tag.name === "teardown" || request?.tag.name === "release") {
      session.log("info", "TEARDOWN was answered by the end of the connection");
      session.end(now);
    } else if (kind === "connecting" || request !== undefined) {
      this.#loseConnection(request, reason, now);
    } else if (session.state !== "init") {
      this.#loseIdleConnection(reason, now);
    }
    return this.#goOn(now);
  }

  tick(now: Now): ClientOutput[] {
    const session = this.#session;
    const { monotonicMs: nowMs } = now;
    if (session.link.kind === "connecting" && nowMs >= session.link.untilMs) {
      const hint = session.place.target.secure ? TLS_HINTS.silent : "";
      this.#fail(session.deed, `no connection within ${CONNECT_TIMEOUT_MS / 1000} s${hint}`);
      session.close("no connection came about", now);
    }
    for (const event of session.exchange.tick(now)) this.#take(event, now);
    session.push(...session.stream.tick(now));
    const verdict = session.stream.verdict(nowMs);
    if (verdict !== undefined) heedSilence(session, verdict, this.isBusy, now);
    if (!this.isBusy && nowMs >= (session.keepalive.dueMs ?? Infinity)) session.do("keepalive");
    return this.#goOn(now);
  }

  get #isIdle(): boolean {
    return this.#session.awaited === undefined;
  }

  /** Does what waits, one request at a time. */
  #goOn(now: Now): ClientOutput[] {
    const session = this.#session;
    if (session.takeHasFailed()) this.#waiting = [];
    while (this.#isIdle) {
      if (session.steps.length === 0) this.#expandNext();
      const [step] = session.steps;
      if (step === undefined) break;
      if (session.link.kind === "none") session.connect(now);
      if (session.link.kind !== "up") break;
      session.steps.shift();
      session.send(step, session.link, now);
    }
    return session.taken();
  }

  /** Makes steps of the commands that wait, up to the first that needs a request. */
  #expandNext(): void {
    const session = this.#session;
    while (session.steps.length === 0) {
      const command = this.#waiting.shift();
      if (command === undefined) return;
      const { kind } = command;
      if (kind === "seek" || kind === "scale") {
        if (kind === "seek") session.playhead.seek(command.seconds);
        else session.playhead.setScale(command.scale);
        if (session.state === "playing") session.do("pause", "play");
      } else if (
        nextClientState(CLIENT_TRANSITIONS, session.state, METHOD_OF[kind]) === undefined
      ) {
        session.push({ kind: "impossible", command: kind, state: session.state });
      } else {
        this.#begin(kind);
      }
    }
  }

  /** A session needs a description, and that the knowledge of what the server can do. */
  #begin(kind: StepName): void {
    const { place } = this.#session;
    const needsDescription = kind === "setup" && place.description === undefined;
    const needsOptions = kind === "setup" || kind === "describe";
    if (needsOptions && place.methods === undefined) this.#session.do("options");
    if (needsDescription) this.#session.do("describe");
    this.#session.ask(kind);
  }

  #take(event: RtspEvent<StandardStep>, now: Now): void {
    const session = this.#session;
    switch (event.kind) {
      case "message":
        return session.show("server", event.bytes);
      case "answered":
        return takeAnswer(session, event, now);
      case "unanswered":
        return giveUp(session, event.request, now);
      case "asked":
        return this.#takeRequest(event.request, now);
      case "block":
        return this.#takeBlock(event.block.channel, event.block.payload, now);
      case "ignored":
        return session.log("warning", `Ignored a reply: ${event.why}`);
      case "broken":
        if (event.isTls && !session.place.target.secure && !session.place.hasAnswered) {
          session.fail("failed", "play", TLS_HINTS.answered);
          return session.close("the server speaks TLS", now);
        }
        session.failPerhapsLab(`the server's words cannot be read: ${event.problem}`, now);
        return session.close("the server's words cannot be read", now);
      default:
        event satisfies never;
    }
  }

  #takeRequest(request: RtspRequest, now: Now): void {
    const session = this.#session;
    const { method, headers } = request;
    session.place.hasAnswered = true;
    const status = PINGS.has(method) || method === "REDIRECT" ? 200 : 501;
    const bytes = session.exchange.answer(request, status);
    session.push({ kind: "write", bytes });
    session.show("client", bytes);
    if (method === "REDIRECT") obeyRedirect(session, headers.get("Location"), now);
  }

  #takeBlock(channel: number, payload: Uint8Array, now: Now): void {
    const { path } = this.#session.stream;
    if (path?.protocol !== "tcp") return;
    const [rtp, rtcp] = path.channels;
    if (channel === rtp) this.#packet("rtp", payload.slice(), undefined, now);
    if (channel === rtcp) this.#packet("rtcp", payload.slice(), undefined, now);
  }

  #packet(
    channel: "rtp" | "rtcp",
    bytes: Uint8Array,
    from: string | undefined,
    now: Now,
  ): void {
    const { stream, link } = this.#session;
    const serverAddress = link.kind === "up" ? link.serverAddress : "";
    this.#session.push(...stream.packet(channel, bytes, from, serverAddress, now));
  }

  #tearDown(now: Now): void {
    const session = this.#session;
    const { link, exchange, state } = session;
    const isAwaited = (name: StandardStep["name"]) =>
      exchange.awaited.some(({ tag }) => tag.name === name);
    this.#waiting = [];
    session.steps = [];
    if (isAwaited("teardown")) return;
    if (link.kind === "up" && state !== "init") {
      session.push(...session.stream.goodbye(now));
      session.stream.paused();
      return session.send({ name: "teardown", asked: true, attempts: 0 }, link, now);
    }
    if (isAwaited("setup")) return session.ask("teardown"); // its session is known with the reply
    if (link.kind === "none") {
      if (state === "init") session.push({ kind: "impossible", command: "teardown", state });
      return session.end(now);
    }
    if (this.isBusy) return session.close("there is no session to tear down", now);
    session.push({ kind: "impossible", command: "teardown", state });
  }

  /** The connection, or the attempt at one, has failed while something was awaited of it. */
  #loseConnection(
    request: AwaitedRequest<StandardStep> | undefined,
    reason: string,
    now: Now,
  ): void {
    const session = this.#session;
    if (request === undefined) {
      this.#fail(session.deed, reason);
    } else {
      const what = `${request.method} was not answered, ${reason}`;
      if (session.place.hasAnswered) this.#fail(session.deed, what);
      else session.failPerhapsLab(what, now);
    }
    session.end(now);
  }

  /** A session over UDP outlives its connection: another one is made for it, at once while it plays. */
  #loseIdleConnection(reason: string, now: Now): void {
    const session = this.#session;
    const { whole } = this.reception;
    if (session.stream.path?.protocol === "tcp") {
      const frames = `${whole} frame${whole === 1 ? "" : "s"}`;
      this.#fail(session.deed, `${reason} after ${frames}`);
      return session.end(now);
    }
    if (session.state !== "playing") return;
    session.log("warning", `The RTSP connection is gone (${reason}): another one is made`);
    session.do("keepalive");
  }

  #fail(deed: string, what: string): void {
    this.#session.fail("failed", deed, what);
  }
}
