import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { Transport } from "../rtsp/transport_header.ts";
import type { ClientLink } from "./client_machine.ts";
import type { ClientLogLevel, ClientOutput } from "./client_output.ts";
import type { ClientState } from "./client_states.ts";
import { failureSentence } from "./failure_sentence.ts";
import { Keepalive } from "./keepalive.ts";
import type { Login } from "./login.ts";
import type { PlayReport } from "./play_report.ts";
import type { PlayWishes } from "./play_wishes.ts";
import { Playhead } from "./playhead.ts";
import { type AwaitedRequest, RtspExchange } from "./rtsp_exchange.ts";
import { ServerPlace } from "./server_place.ts";
import { requestOf, type StandardStep, type StepName } from "./standard_step.ts";
import { StandardStream } from "./standard_stream.ts";
import type { StandardTarget } from "./standard_target.ts";

/** How long a connection may take to come about. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** How long a reply may take. */
export const REPLY_TIMEOUT_MS = 10_000;
/** How long the first reply may take of a server that may be one of the lab, which are silent then. */
export const DIALECT_TIMEOUT_MS = 2_000;
/** How long UDP may bring nothing before TCP is tried. */
export const UDP_TIMEOUT_MS = 3_000;
/** How long the first packet may take where nothing else is left to try. */
export const FIRST_PACKET_TIMEOUT_MS = 10_000;

/** What a `StandardClient` works with. */
export interface StandardClientOptions {
  readonly target: StandardTarget;
  /** Instead of the one in the URL. */
  readonly login?: Login | undefined;
  readonly wishes: PlayWishes;
  /** The `User-Agent`: product and version. */
  readonly product: string;
  /** Whether the server may turn out to be one of the lab: then silence is not waited for long. */
  readonly mayBeLab: boolean;
  /** Told of each packet and frame. */
  readonly report: PlayReport;
  /** Of a stream before this one whose packets may come to the same UDP ports. */
  readonly pastSsrc?: number | undefined;
  /** A secure one: for SSRC and client nonces. */
  readonly random: RandomSource;
}

/** The RTSP connection. */
export type StandardLink =
  | { readonly kind: "none" }
  | { readonly kind: "connecting"; readonly untilMs: number }
  | ClientLink & { readonly kind: "up" };

/**
 * All that a `StandardClient` knows and can do by itself, shared by the files that decide what to do with
 * what the server says.
 */
export class StandardSession {
  readonly options: StandardClientOptions;
  readonly place: ServerPlace;
  readonly stream: StandardStream;
  readonly exchange: RtspExchange<StandardStep> = new RtspExchange<StandardStep>();
  readonly keepalive: Keepalive = new Keepalive();
  readonly playhead: Playhead;
  link: StandardLink = { kind: "none" };
  state: ClientState = "init";
  /** What is to be done, one after the other. */
  steps: StandardStep[] = [];
  /** The session's id; `undefined` without a session, and where the server gives none. */
  id: string | undefined;
  /** From a request to its reply. */
  roundTrip: { readonly minMs: number; readonly lastMs: number } | undefined;
  #out: ClientOutput[] = [];
  #hasFailed = false;

  constructor(options: StandardClientOptions) {
    const { target, login, wishes, report, random, pastSsrc } = options;
    this.options = options;
    this.place = new ServerPlace(target, login, wishes.transport, random);
    this.stream = new StandardStream(report, random, pastSsrc);
    this.playhead = new Playhead(wishes);
  }

  /** What there is to do for the host, once. */
  taken(): ClientOutput[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  push(...outputs: readonly ClientOutput[]): void {
    this.#out.push(...outputs);
  }

  log(level: ClientLogLevel, message: string): void {
    this.push({ kind: "log", level, message });
  }

  /** Shows a message to those who look on. */
  show(from: "client" | "server", bytes: Uint8Array): void {
    this.push({ kind: "message", from, bytes });
  }

  setState(state: ClientState): void {
    if (state === this.state) return;
    this.state = state;
    this.push({ kind: "state", state });
  }

  /** What failed, as a verb: see `failureSentence()`. */
  get deed(): string {
    return this.state === "playing" ? "go on playing" : "play";
  }

  /** Steps that nobody asked for by name. */
  do(...names: StepName[]): void {
    this.steps.push(...names.map((name) => ({ name, asked: false, attempts: 0 })));
  }

  /** A step that its user asked for. */
  ask(name: StepName): void {
    this.steps.push({ name, asked: true, attempts: 0 });
  }

  /** The request whose reply is waited for; a keepalive's is not. */
  get awaited(): AwaitedRequest<StandardStep> | undefined {
    return this.exchange.awaited.find(({ tag }) => tag.name !== "keepalive");
  }

  /** How long UDP, or what else there is, may bring nothing. */
  get firstPacketMs(): number {
    const { protocol, next } = this.place.plan;
    return protocol === "udp" && next !== undefined ? UDP_TIMEOUT_MS : FIRST_PACKET_TIMEOUT_MS;
  }

  connect(now: Now): void {
    const { host, port, secure } = this.place.target;
    this.link = { kind: "connecting", untilMs: now.monotonicMs + CONNECT_TIMEOUT_MS };
    const udp = this.place.plan.needsPorts ? "pair" : "none";
    this.push({ kind: "connect", host, port, secure, udp });
  }

  /** Sends the request of a step; there is a connection. */
  send(step: StandardStep, link: ClientLink, now: Now): void {
    const { target: { url }, description, authentication } = this.place;
    const { presentationUrl = url, trackUrl = url } = description ?? {};
    const request = requestOf(step, {
      product: this.options.product,
      url,
      presentationUrl,
      trackUrl,
      session: this.id,
      keepaliveMethod: this.keepalive.method,
      offer: this.offer(link),
      playHeaders: () => this.playhead.headers(),
      authorization: (method, uri) => authentication.authorization(method, uri),
      patienceMs: this.#patienceMs(step),
    });
    const { monotonicMs: nowMs } = now;
    if (step.name === "play") this.stream.play(this.firstPacketMs, nowMs);
    if (step.name === "keepalive") this.keepalive.sent(nowMs);
    else this.keepalive.touched(nowMs);
    const bytes = this.exchange.send(request, now);
    this.push({ kind: "write", bytes });
    this.show("client", bytes);
  }

  /** What SETUP asks for. */
  offer(link: ClientLink): Transport {
    return this.place.plan.offer([link.rtpPort, link.rtpPort + 1]);
  }

  /** What was asked for cannot be done; what was to follow is forgotten. */
  fail(outcome: "failed" | "refused", deed: string, what: string, status?: number): void {
    const sentence = failureSentence(deed, this.place.target, what);
    this.#fail({ outcome, sentence, ...status !== undefined && { status } });
  }

  /** Whether something failed since the last call: commands that wait are to be forgotten then. */
  takeHasFailed(): boolean {
    const hasFailed = this.#hasFailed;
    this.#hasFailed = false;
    return hasFailed;
  }

  /** A failure that a lab server would explain, as long as nothing was described. */
  failPerhapsLab(what: string, now: Now): void {
    const { description, target } = this.place;
    const isPerhapsLab = this.id === undefined && description === undefined && !target.secure;
    if (!isPerhapsLab) return this.fail("failed", this.deed, what);
    const hint = this.options.mayBeLab
      ? "the lab dialect (--dialect lab) may be what it speaks"
      : "if it is a lab server, --dialect lab is what it speaks";
    const sentence = failureSentence("play", target, `${what}; ${hint}`);
    this.#fail({ outcome: "failed", sentence, otherDialect: true });
    this.close("the server does not speak the standard dialect", now);
  }

  /** The connection is given up, and the session with it. */
  close(reason: string, now: Now): void {
    if (this.link.kind !== "none") this.push({ kind: "close", reason });
    this.link = { kind: "none" };
    this.exchange.forget();
    this.end(now);
  }

  /** The session is there no longer. */
  end(now: Now): void {
    if (this.stream.path?.protocol === "multicast") this.push({ kind: "leaveGroup" });
    for (const frame of this.stream.end(now.monotonicMs)) this.push({ kind: "frame", frame });
    this.id = undefined;
    this.playhead.left();
    this.keepalive.end();
    this.setState("init");
  }

  #fail(failure: Omit<Extract<ClientOutput, { kind: "failure" }>, "kind">): void {
    this.steps = [];
    this.#hasFailed = true;
    this.push({ kind: "failure", ...failure });
  }

  #patienceMs({ name }: StandardStep): number {
    if (!this.options.mayBeLab) return REPLY_TIMEOUT_MS;
    const { hasAnswered, methods } = this.place;
    const isFirst = name === "options" && !hasAnswered;
    const isUnnamed = name === "describe" && !methods?.has("DESCRIBE");
    return isFirst || isUnnamed ? DIALECT_TIMEOUT_MS : REPLY_TIMEOUT_MS;
  }
}
