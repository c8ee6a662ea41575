import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import type { RtspResponse } from "../rtsp/message.ts";
import { parsePublic } from "../rtsp/public_header.ts";
import { parseSession } from "../rtsp/session_header.ts";
import type { ClientLink } from "./client_machine.ts";
import { failureSentence } from "./failure_sentence.ts";
import { leniently } from "./leniently.ts";
import type { Login } from "./login.ts";
import type { TransportWish } from "./play_wishes.ts";
import { type ProbeDescription, readProbeDescription } from "./probe_description.ts";
import { ProbeRecord } from "./probe_record.ts";
import type { ProbeOutcome, ProberOutput } from "./prober_output.ts";
import { MOST_REDIRECTS, REDIRECTS, redirectTarget } from "./redirect_target.ts";
import { replyProblem } from "./reply_problem.ts";
import { type AwaitedRequest, type RtspEvent, RtspExchange } from "./rtsp_exchange.ts";
import { ServerPlace } from "./server_place.ts";
import type { MediaProtocol } from "./session_figures.ts";
import { requestOf, type StandardStep } from "./standard_step.ts";
import type { StandardTarget } from "./standard_target.ts";
import { TLS_HINTS } from "./tls_hints.ts";
import { TransportPlan } from "./transport_plan.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const PATIENCE_MS = 10_000;
/** What is to be known is known by then. */
const TEARDOWN_PATIENCE_MS = 1_000;

/** What a prober asks, and whom. */
export interface ProberOptions {
  readonly target: StandardTarget;
  /** Instead of the one in the URL. */
  readonly login: Login | undefined;
  /** `auto`: UDP and TCP, one after the other. */
  readonly transport: TransportWish;
  /** The `User-Agent`. */
  readonly product: string;
  /** For client nonces: a secure one. */
  readonly random: RandomSource;
}

/**
 * Finds out what a standard server is and offers: OPTIONS, DESCRIBE, and for each transport SETUP and
 * TEARDOWN. Nothing is played. After each TEARDOWN comes another connection, since some servers close
 * the one before. Redirects are followed as in a play.
 */
export class Prober {
  readonly #options: ProberOptions;
  readonly #place: ServerPlace;
  readonly #exchange = new RtspExchange<StandardStep>();
  readonly #record: ProbeRecord;
  /** Transports that are not done yet; the first one is asked for. */
  #protocols: MediaProtocol[];
  #description: ProbeDescription | undefined;
  #link: ClientLink | undefined;
  #connectUntilMs: number | undefined;
  #session: string | undefined;
  #isOver = false;
  #outputs: ProberOutput[] = [];

  constructor(options: ProberOptions) {
    const { target, login, transport, random } = options;
    this.#options = options;
    this.#place = new ServerPlace(target, login, transport, random);
    this.#record = new ProbeRecord(target.url);
    this.#protocols = protocolsOf(transport, target.secure);
  }

  /** When `tick()` is to be called at the latest, in monotonic milliseconds. */
  get wakeAtMs(): number | undefined {
    return this.#isOver ? undefined : this.#connectUntilMs ?? this.#exchange.wakeAtMs;
  }

  /** Begins; to be called once. */
  start(now: Now): ProberOutput[] {
    this.#record.start(now.monotonicMs);
    this.#connect(now);
    return this.#taken();
  }

  /** The connection that `connect` asked for is there. */
  connected(link: ClientLink, now: Now): ProberOutput[] {
    this.#connectUntilMs = undefined;
    this.#link = link;
    this.#exchange.begin();
    this.#record.connected(link.serverAddress, this.#place.target.port, now.monotonicMs);
    this.#send({ name: this.#description === undefined ? "options" : "setup" }, now);
    return this.#taken();
  }

  /** Bytes of the connection came in. */
  receive(bytes: Uint8Array, now: Now): ProberOutput[] {
    const link = this.#link;
    for (const event of link === undefined ? [] : this.#exchange.receive(bytes)) {
      if (this.#link === link) this.#take(event, now);
    }
    return this.#taken();
  }

  /**
   * The connection ended, or could not be made.
   *
   * @param reason A clause without a period.
   */
  disconnected(reason: string, now: Now): ProberOutput[] {
    if (this.#isOver) return [];
    const [request] = this.#exchange.awaited;
    this.#link = undefined;
    this.#exchange.forget();
    if (request === undefined) {
      this.#end("failed", reason);
    } else {
      this.#record.step(request, this.#protocols[0], undefined, reason, now.monotonicMs);
      if (request.tag.name === "teardown") this.#nextTransport(now);
      else this.#end("failed", `${request.method} was not answered, ${reason}`);
    }
    return this.#taken();
  }

  /** Time has passed. */
  tick(now: Now): ProberOutput[] {
    if (now.monotonicMs >= (this.#connectUntilMs ?? Infinity)) {
      const hint = this.#place.target.secure ? TLS_HINTS.silent : "";
      this.#end("failed", `no connection within ${CONNECT_TIMEOUT_MS / 1000} s${hint}`);
    }
    for (const event of this.#exchange.tick(now)) this.#take(event, now);
    return this.#taken();
  }

  /** Its user wants it to end. */
  stop(now: Now): ProberOutput[] {
    if (this.#link !== undefined && this.#session !== undefined) {
      this.#send({ name: "teardown" }, now);
    }
    this.#end("failed", "it was interrupted");
    return this.#taken();
  }

  #take(event: RtspEvent<StandardStep>, now: Now): void {
    if (this.#isOver) return;
    switch (event.kind) {
      case "answered":
        return this.#answered(event, now);
      case "unanswered":
        return this.#unanswered(event.request, now);
      case "asked":
        this.#outputs.push({ kind: "write", bytes: this.#exchange.answer(event.request, 501) });
        return;
      case "broken":
        if (event.isTls && !this.#place.target.secure) {
          return this.#end("failed", TLS_HINTS.answered);
        }
        return this.#end("failed", `the server's words cannot be read: ${event.problem}`);
      case "message":
        return this.#show("server", event.bytes);
      case "block":
      case "ignored":
        return;
      default:
        event satisfies never;
    }
  }

  #answered(
    { request, response, reason }: Extract<RtspEvent<StandardStep>, { kind: "answered" }>,
    now: Now,
  ): void {
    const { tag: step, method, uri } = request;
    const { status, headers } = response;
    this.#record.step(request, this.#protocols[0], status, reason, now.monotonicMs);
    this.#record.server ??= headers.get("Server");
    if (status === 401) {
      const verdict = this.#place.authentication.challenged(
        headers.getAll("WWW-Authenticate"),
        step.attempts,
      );
      if (verdict.kind === "retry") {
        return this.#send({ name: step.name, attempts: step.attempts + 1 }, now);
      }
      return this.#end("refused", `${method} was answered 401 ${reason}: ${verdict.reason}`);
    }
    if (REDIRECTS.has(status) && step.name !== "teardown") {
      return this.#redirected(`${method} was answered ${status} ${reason}`, response, now);
    }
    const problem = status < 300 ? undefined : replyProblem(response, reason);
    switch (step.name) {
      case "options":
        if (problem === undefined) this.#record.methods = parsePublic(headers.get("Public") ?? "");
        return this.#send({ name: "describe" }, now); // some servers know no OPTIONS
      case "describe":
        return problem === undefined
          ? this.#described(response, uri, now)
          : this.#end("refused", `DESCRIBE was answered ${problem}`);
      case "setup":
        return this.#setUp(response, problem, now);
      default:
        return this.#nextTransport(now);
    }
  }

  /** Goes elsewhere and begins anew there, with the transports that are not done yet. */
  #redirected(what: string, { status, headers }: RtspResponse, now: Now): void {
    const place = this.#place;
    const target = ++place.redirects > MOST_REDIRECTS
      ? `${MOST_REDIRECTS} redirects came before it`
      : redirectTarget(place.target, status, headers.get("Location"));
    if (typeof target === "string") return this.#end("failed", `${what}, but ${target}`);
    place.moveTo(target);
    this.#record.redirects.push(target.url);
    this.#description = undefined;
    const possible = protocolsOf(this.#options.transport, target.secure);
    this.#protocols = this.#protocols.filter((protocol) => possible.includes(protocol));
    this.#close();
    this.#connect(now);
  }

  #described(response: RtspResponse, uri: string, now: Now): void {
    this.#record.sdp = new TextDecoder().decode(response.body);
    const description = readProbeDescription(response, uri);
    if (typeof description === "string") {
      return this.#end("failed", `what DESCRIBE brought cannot be read: ${description}`);
    }
    this.#description = description;
    this.#record.tracks = description.tracks;
    if (description.trackUrl === undefined) {
      return this.#end("failed", "its description has no tracks");
    }
    this.#send({ name: "setup" }, now);
  }

  #setUp({ headers }: RtspResponse, problem: string | undefined, now: Now): void {
    const [protocol = "tcp"] = this.#protocols;
    const answer = problem ?? headers.get("Transport") ?? "";
    this.#record.transports.push({ protocol, accepted: problem === undefined, answer });
    if (problem === undefined) {
      this.#session = leniently(() => parseSession(headers.get("Session") ?? ""))?.id;
      return this.#send({ name: "teardown" }, now);
    }
    this.#protocols.shift();
    if (this.#protocols.length > 0) return this.#send({ name: "setup" }, now);
    this.#finish();
  }

  #unanswered(request: AwaitedRequest<StandardStep>, now: Now): void {
    const { method, sentMs, untilMs, tag } = request;
    const within = `within ${(untilMs - sentMs) / 1000} s`;
    this.#record.step(request, this.#protocols[0], undefined, `none came ${within}`, untilMs);
    if (tag.name === "teardown") return this.#nextTransport(now);
    this.#end("failed", `${method} was not answered ${within}`);
  }

  #nextTransport(now: Now): void {
    this.#session = undefined;
    this.#protocols.shift();
    if (this.#protocols.length === 0) return this.#finish();
    this.#close();
    this.#connect(now);
  }

  #finish(): void {
    const { transports } = this.#record;
    if (transports.some(({ accepted }) => accepted)) return this.#end("probed");
    const refusals = transports.map(({ protocol, answer }) =>
      `SETUP by ${protocol.toUpperCase()} was answered ${answer}`
    );
    this.#end("refused", refusals.join(", "));
  }

  #connect({ monotonicMs }: Now): void {
    this.#connectUntilMs = monotonicMs + CONNECT_TIMEOUT_MS;
    const { host, port, secure } = this.#place.target;
    const udp = this.#protocols.includes("udp") ? "pair" : "none";
    this.#outputs.push({ kind: "connect", host, port, secure, udp });
  }

  #close(): void {
    this.#link = undefined;
    this.#connectUntilMs = undefined;
    this.#exchange.forget();
    this.#outputs.push({ kind: "close" });
  }

  #send(
    { name, attempts = 0 }: Pick<StandardStep, "name"> & { readonly attempts?: number },
    now: Now,
  ): void {
    const { product } = this.#options;
    const { target, authentication } = this.#place;
    const rtpPort = this.#link?.rtpPort ?? 0;
    const plan = new TransportPlan(this.#protocols[0] ?? "tcp", target.secure);
    const request = requestOf({ name, attempts, asked: true }, {
      product,
      url: target.url,
      presentationUrl: this.#description?.presentationUrl ?? target.url,
      trackUrl: this.#description?.trackUrl ?? target.url,
      session: this.#session,
      keepaliveMethod: "OPTIONS",
      offer: plan.offer([rtpPort, rtpPort + 1]),
      playHeaders: () => [],
      authorization: (method, uri) => authentication.authorization(method, uri),
      patienceMs: name === "teardown" ? TEARDOWN_PATIENCE_MS : PATIENCE_MS,
    });
    const bytes = this.#exchange.send(request, now);
    this.#outputs.push({ kind: "write", bytes });
    this.#show("client", bytes);
  }

  #show(from: "client" | "server", bytes: Uint8Array): void {
    this.#outputs.push({ kind: "message", from, bytes });
  }

  #end(outcome: ProbeOutcome, what?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#close();
    const problem = what && failureSentence("probe", this.#place.target, what);
    this.#outputs.push({ kind: "ended", outcome, result: this.#record.result(problem) });
  }

  #taken(): ProberOutput[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }
}

/** What `auto` asks for: inside TLS, media stays in the connection. */
function protocolsOf(wish: TransportWish, secure: boolean): MediaProtocol[] {
  if (wish !== "auto") return [wish];
  return secure ? ["tcp"] : ["udp", "tcp"];
}
