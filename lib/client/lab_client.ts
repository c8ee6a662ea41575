import type { Now } from "../bytes/now.ts";
import { type ClientCommand, METHOD_OF } from "./client_command.ts";
import type { ClientFrame } from "./client_frame.ts";
import type { ClientLink, ClientMachine } from "./client_machine.ts";
import type { ClientLogLevel, ClientOutput } from "./client_output.ts";
import { CLIENT_TRANSITIONS, type ClientState, nextClientState } from "./client_states.ts";
import { deedOf, failureSentence, type PlaySource } from "./failure_sentence.ts";
import { type AwaitedRequest, type ExchangeEvent, LabExchange } from "./lab_exchange.ts";
import { SenderGuard } from "./sender_guard.ts";
import { LabStream } from "./lab_stream.ts";
import type { PlayReport } from "./play_report.ts";
import type { Reception } from "./reception.ts";
import type { SessionFigures } from "./session_figures.ts";

/** How long a connection may take to come about. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** How long the first packet may take after PLAY was answered. */
export const FIRST_PACKET_TIMEOUT_MS = 5_000;

type Link =
  | { readonly kind: "none" }
  | { readonly kind: "connecting"; readonly untilMs: number }
  | ClientLink & { readonly kind: "up" };

/**
 * The lab dialect, as its servers need it: three lines a request and one request at a time, the state
 * changed by replies only. TEARDOWN goes out only after a PLAY: the exercise's server dies of one before
 * it, so the connection is closed instead; so it is after each TEARDOWN, as the exercise's client does.
 */
export class LabClient implements ClientMachine {
  readonly #source: PlaySource;
  readonly #stream: LabStream;
  readonly #exchange: LabExchange;
  #out: ClientOutput[] = [];
  #state: ClientState = "init";
  #link: Link = { kind: "none" };
  #waiting: ClientCommand["kind"][] = [];
  /** When PLAY was answered last in this session. */
  #playedMs: number | undefined;
  /** Whether silence has already been told since the last packet. */
  #isSilent = false;
  #guard = new SenderGuard();

  /**
   * @param source Its file is one that `labFileProblem` has nothing against.
   * @param report Told of each packet and frame.
   */
  constructor(source: PlaySource, report: PlayReport) {
    this.#source = source;
    this.#exchange = new LabExchange(source.file);
    this.#stream = new LabStream(report);
  }

  get state(): ClientState {
    return this.#state;
  }

  get isBusy(): boolean {
    return this.#exchange.awaited !== undefined || this.#waiting.length > 0;
  }

  get reception(): Reception {
    return this.#stream.reception;
  }

  get figures(): SessionFigures {
    const isUp = this.#playedMs !== undefined || this.reception.received > 0;
    const transport = { protocol: "udp", reason: "the lab dialect has no other" } as const;
    return {
      dialect: "lab",
      transport: isUp ? transport : undefined,
      roundTrip: undefined,
      keepalives: 0,
      rtcp: undefined,
    };
  }

  get wakeAtMs(): number | undefined {
    const wakeAtMs = Math.min(
      this.#link.kind === "connecting" ? this.#link.untilMs : Infinity,
      this.#exchange.wakeAtMs ?? Infinity,
      this.#stream.wakeAtMs ?? Infinity,
      this.#silentAtMs ?? Infinity,
    );
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  command({ kind }: ClientCommand, now: Now): ClientOutput[] {
    this.#waiting.push(kind);
    return this.#goOn(now);
  }

  connected(link: ClientLink, now: Now): ClientOutput[] {
    this.#link = { kind: "up", ...link };
    this.#exchange.begin();
    this.#guard = new SenderGuard();
    return this.#goOn(now);
  }

  receive(bytes: Uint8Array, now: Now): ClientOutput[] {
    if (this.#link.kind === "up") this.#take(this.#exchange.receive(bytes, now), now);
    return this.#goOn(now);
  }

  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string, now: Now): ClientOutput[] {
    const isAwaited = this.#playedMs !== undefined || this.#exchange.awaited?.command === "play";
    if (channel !== "rtp" || !isAwaited) return this.#taken(); // of a session before this one
    if (this.#isMine(from)) this.#give(this.#stream.datagram(bytes, now.monotonicMs));
    else this.#stream.ignore();
    return this.#taken();
  }

  disconnected(reason: string, now: Now): ClientOutput[] {
    if (this.#link.kind === "up") this.#take(this.#exchange.finish(now), now);
    const { kind } = this.#link;
    if (kind === "none") return this.#goOn(now); // that last reply was to TEARDOWN
    this.#link = { kind: "none" };
    const request = this.#exchange.awaited;
    if (kind === "connecting") {
      this.#fail("failed", "play", reason);
    } else if (request?.command === "teardown") {
      this.#log("info", "TEARDOWN was answered by the end of the connection");
    } else if (request !== undefined) {
      const { method } = request;
      this.#fail("failed", deedOf(method), `${method} was not answered, ${reason}`);
    } else if (this.#state !== "init") {
      this.#fail("failed", "go on playing", `${reason} after ${this.#framesSoFar}`);
    }
    this.#exchange.forget();
    this.#forgetSession(now);
    return this.#goOn(now);
  }

  tick(now: Now): ClientOutput[] {
    const { monotonicMs: nowMs } = now;
    this.#give(this.#stream.tick(nowMs));
    if (this.#link.kind === "connecting" && nowMs >= this.#link.untilMs) {
      this.#fail("failed", "play", `no connection within ${CONNECT_TIMEOUT_MS / 1000} s`);
      this.#close("no connection came about", now);
    }
    this.#take(this.#exchange.tick(now), now);
    if (nowMs >= (this.#silentAtMs ?? Infinity)) this.#noticeSilence(now);
    return this.#goOn(now);
  }

  /** When silence means something: the end of the stream, or that there is none. */
  get #silentAtMs(): number | undefined {
    if (this.#state !== "playing" || this.#isSilent) return undefined;
    return this.#stream.endsAtMs ?? (this.#playedMs ?? 0) + FIRST_PACKET_TIMEOUT_MS;
  }

  get #framesSoFar(): string {
    const { whole } = this.reception;
    return `${whole} frame${whole === 1 ? "" : "s"}`;
  }

  /** Does what waits, one request at a time. */
  #goOn(now: Now): ClientOutput[] {
    while (this.#exchange.awaited === undefined) {
      const [command] = this.#waiting;
      if (command === undefined) break;
      const next = command === "seek" || command === "scale"
        ? undefined // the lab knows neither Range nor Scale
        : nextClientState(CLIENT_TRANSITIONS, this.#state, METHOD_OF[command]);
      if (next !== undefined && this.#link.kind !== "up") {
        if (this.#link.kind === "none") this.#connect(now);
        break;
      }
      this.#waiting.shift();
      if (next === undefined) this.#out.push({ kind: "impossible", command, state: this.#state });
      else this.#send(command, now);
    }
    return this.#taken();
  }

  #connect(now: Now): void {
    const { host, port } = this.#source;
    this.#link = { kind: "connecting", untilMs: now.monotonicMs + CONNECT_TIMEOUT_MS };
    this.#out.push({ kind: "connect", host, port, secure: false, udp: "single" });
  }

  #send(command: ClientCommand["kind"], now: Now): void {
    if (this.#link.kind !== "up") throw new TypeError(`Cannot send ${command}: not connected`);
    if (command === "teardown" && this.#playedMs === undefined) {
      this.#log("info", "Closed instead of TEARDOWN: lab servers die of one before PLAY");
      return this.#close("nothing was played", now);
    }
    const bytes = this.#exchange.send(command, this.#link.rtpPort, now);
    if (command === "play") {
      this.#stream.play(now.monotonicMs);
      this.#isSilent = false;
    }
    this.#out.push({ kind: "write", bytes });
    this.#out.push({ kind: "message", from: "client", bytes });
  }

  #take(events: readonly ExchangeEvent[], now: Now): void {
    for (const event of events) {
      switch (event.kind) {
        case "message":
          this.#out.push({ kind: "message", from: "server", bytes: event.bytes });
          break;
        case "ignored":
          this.#log("warning", `Ignored a reply: ${event.why}`);
          break;
        case "answered": {
          const { request: { method }, status, reason, body } = event;
          this.#out.push({ kind: "reply", method, status, reason, asked: true, body });
          if (status < 300) this.#succeed(event.request, now);
          else {
            const what = `${method} was answered ${status} ${reason}`;
            this.#fail("refused", deedOf(method), what, status);
          }
          break;
        }
        case "unanswered":
          this.#giveUp(event.request, now);
          break;
        case "broken": {
          const deed = deedOf(this.#exchange.awaited?.method);
          this.#fail("failed", deed, `the server's words cannot be read: ${event.problem}`);
          this.#close("the server's words cannot be read", now);
          break;
        }
        default:
          event satisfies never;
      }
    }
  }

  #succeed({ command, method }: AwaitedRequest, now: Now): void {
    if (command === "teardown") return this.#close("torn down", now);
    if (command === "play") this.#playedMs = now.monotonicMs;
    const next = nextClientState(CLIENT_TRANSITIONS, this.#state, method);
    this.#setState(next ?? this.#state);
  }

  #giveUp({ command, method, sentMs, untilMs }: AwaitedRequest, now: Now): void {
    if (command === "describe" || command === "options") {
      this.#log("warning", `${method} was not answered: many lab servers do not know it`);
    } else if (command === "teardown") {
      this.#log("warning", "TEARDOWN was not answered; the connection is closed all the same");
      this.#close("TEARDOWN was not answered", now);
    } else {
      const seconds = (untilMs - sentMs) / 1000;
      const hint = command === "play" ? "; lab servers are silent where there is no such file" : "";
      this.#fail("failed", deedOf(method), `${method} was not answered within ${seconds} s${hint}`);
    }
  }

  #noticeSilence(now: Now): void {
    this.#give(this.#stream.flush(now.monotonicMs));
    this.#isSilent = true;
    if (this.#stream.lastMs !== undefined || this.reception.whole > 0) {
      this.#out.push({ kind: "endOfStream" });
      return;
    }
    const port = this.#link.kind === "up" ? this.#link.rtpPort : 0;
    this.#fail(
      "failed",
      "play",
      `PLAY was answered 200 OK, but nothing came to UDP port ${port} within ` +
        `${FIRST_PACKET_TIMEOUT_MS / 1000} s (is the file there, and does a firewall let UDP in?)`,
    );
  }

  #isMine(from: string): boolean {
    const serverAddress = this.#link.kind === "up" ? this.#link.serverAddress : "";
    const verdict = this.#guard.judge(from, serverAddress);
    if (verdict === "first other") {
      this.#log("warning", `RTP comes from ${from}, the server's address is ${serverAddress}`);
    }
    return verdict !== "foreign";
  }

  #give(frames: readonly ClientFrame[]): void {
    for (const frame of frames) {
      this.#isSilent = false;
      this.#out.push({ kind: "frame", frame });
    }
  }

  #fail(outcome: "failed" | "refused", deed: string, what: string, status?: number): void {
    this.#waiting = [];
    const sentence = failureSentence(deed, this.#source, what);
    const answer = status === undefined ? {} : { status };
    this.#out.push({ kind: "failure", outcome, sentence, ...answer });
  }

  #close(reason: string, now: Now): void {
    this.#out.push({ kind: "close", reason });
    this.#link = { kind: "none" };
    this.#exchange.forget();
    this.#forgetSession(now);
  }

  #forgetSession(now: Now): void {
    this.#give(this.#stream.end(now.monotonicMs));
    this.#playedMs = undefined;
    this.#setState("init");
  }

  #setState(state: ClientState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#out.push({ kind: "state", state });
  }

  #log(level: ClientLogLevel, message: string): void {
    this.#out.push({ kind: "log", level, message });
  }

  #taken(): ClientOutput[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}
