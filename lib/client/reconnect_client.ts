import type { Now } from "../bytes/now.ts";
import type { ClientCommand } from "./client_command.ts";
import type { ClientFrame } from "./client_frame.ts";
import type { ClientLink, ClientMachine } from "./client_machine.ts";
import type { ClientLogLevel, ClientOutput } from "./client_output.ts";
import type { ClientState } from "./client_states.ts";
import { failureSentence, type PlaySource } from "./failure_sentence.ts";
import type { PlayWishes } from "./play_wishes.ts";
import type { Reception } from "./reception.ts";
import { ReconnectPolicy } from "./reconnect_policy.ts";
import type { SessionFigures } from "./session_figures.ts";
import { totalFigures } from "./total_figures.ts";
import { totalReception } from "./total_reception.ts";

/** How long a lab server that has fallen silent may take to answer TEARDOWN before it counts as gone. */
export const PRESENCE_WAIT_MS = 1_000;

/** What is known when a play is set up again. */
export interface SecondAttempt {
  /** The one that was spoken. */
  readonly dialect: "lab" | "standard";
  /** Where the movie stood, where the server has said so, and its pace, where one was asked for. */
  readonly wishes: Pick<PlayWishes, "startSeconds" | "scale">;
  /** Of the stream before: its packets may still come. */
  readonly pastSsrc?: number;
}

type Phase =
  /** It is as the machine inside says. */
  | { readonly kind: "passing" }
  /** Between two attempts. */
  | { readonly kind: "waiting"; readonly untilMs: number }
  /** On the way back to where it was. */
  | { readonly kind: "restoring" }
  /** A lab server is silent: it is asked whether the stream has ended or the network. */
  | { readonly kind: "checking"; readonly untilMs: number }
  /** Its user has torn it down. */
  | { readonly kind: "ending" };

type Failure = Extract<ClientOutput, { kind: "failure" }>;

/**
 * Sets a play up again that fails while it plays, with another machine each time. To its user it plays all
 * the while: states and failures in between are not told, frames are numbered on, and counts add up.
 */
export class ReconnectClient implements ClientMachine {
  readonly #make: (again?: SecondAttempt) => ClientMachine;
  readonly #source: PlaySource;
  readonly #policy = new ReconnectPolicy();
  #machine: ClientMachine;
  #phase: Phase = { kind: "passing" };
  /** As its user knows it. */
  #state: ClientState = "init";
  /** Of the machines before this one. */
  #before: { readonly reception: Reception; readonly figures: SessionFigures } | undefined;
  #isInGroup = false;
  #reconnects = 0;
  #frames = 0;
  #lostSinceMs = 0;
  /** Places in the movie: that of the last frame and of the one before. */
  #positions: readonly (number | undefined)[] = [];

  /**
   * @param make Makes the machine of an attempt.
   * @param source For messages.
   */
  constructor(make: (again?: SecondAttempt) => ClientMachine, source: PlaySource) {
    this.#make = make;
    this.#source = source;
    this.#machine = make();
  }

  get state(): ClientState {
    return this.#state;
  }

  get isBusy(): boolean {
    const { kind } = this.#phase;
    return (kind === "passing" || kind === "ending") && this.#machine.isBusy;
  }

  get reception(): Reception {
    const { reception } = this.#machine;
    return this.#before === undefined
      ? reception
      : totalReception(this.#before.reception, reception);
  }

  get figures(): SessionFigures {
    const { figures } = this.#machine;
    const total = this.#before === undefined
      ? figures
      : totalFigures(this.#before.figures, figures);
    return { ...total, reconnects: this.#reconnects };
  }

  get wakeAtMs(): number | undefined {
    switch (this.#phase.kind) {
      case "waiting":
        return this.#phase.untilMs;
      case "checking":
        return Math.min(this.#phase.untilMs, this.#machine.wakeAtMs ?? Infinity);
      default:
        return this.#machine.wakeAtMs;
    }
  }

  command(command: ClientCommand, now: Now): ClientOutput[] {
    const { kind } = this.#phase;
    if (kind === "passing" || kind === "ending") {
      return this.#heed(this.#machine.command(command, now), now);
    }
    if (command.kind !== "teardown") {
      return [{ kind: "impossible", command: command.kind, state: "init" }];
    }
    this.#phase = { kind: "ending" };
    const outputs = kind === "restoring" ? this.#machine.command(command, now) : [];
    return this.#heed(outputs.filter(({ kind }) => kind !== "impossible"), now);
  }

  connected(link: ClientLink, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.connected(link, now), now);
  }

  receive(bytes: Uint8Array, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.receive(bytes, now), now);
  }

  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string, now: Now): ClientOutput[] {
    if (this.#phase.kind === "waiting") return []; // of the session before
    return this.#heed(this.#machine.datagram(channel, bytes, from, now), now);
  }

  disconnected(reason: string, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.disconnected(reason, now), now);
  }

  tick(now: Now): ClientOutput[] {
    const phase = this.#phase;
    if (phase.kind === "waiting") return now.monotonicMs < phase.untilMs ? [] : this.#tryAgain(now);
    if (phase.kind === "checking" && now.monotonicMs >= phase.untilMs) {
      const what = "nothing comes any more, and TEARDOWN was not answered within " +
        `${PRESENCE_WAIT_MS / 1000} s`;
      const sentence = failureSentence("go on playing", this.#source, what);
      return this.#heed([{ kind: "failure", outcome: "failed", sentence }], now);
    }
    return this.#heed(this.#machine.tick(now), now);
  }

  #heed(outputs: readonly ClientOutput[], now: Now): ClientOutput[] {
    const failure = outputs.find((output) => output.kind === "failure");
    const retryAtMs = failure?.kind === "failure" ? this.#retryAtMs(failure, now) : undefined;
    if (failure?.kind === "failure" && retryAtMs !== undefined) {
      const others = outputs.filter(({ kind }) => kind !== "failure" && kind !== "state");
      return this.#giveUp(failure, others, retryAtMs, now);
    }
    const out = outputs.flatMap((output) => this.#passed(output, now));
    if (outputs.some(({ kind }) => kind === "endOfStream")) out.push(...this.#endOfStream(now));
    out.push(...this.#advance(failure !== undefined, now));
    return out;
  }

  #retryAtMs({ outcome, status }: Failure, now: Now): number | undefined {
    const { kind } = this.#phase;
    if (kind === "ending" || this.#state !== "playing") return undefined;
    const answer = status === undefined ? {} : { status };
    const failure = { outcome, isRestoring: kind === "restoring", ...answer };
    return this.#policy.retryAtMs(failure, now.monotonicMs);
  }

  /** What its user is told of an output of the machine. */
  #passed(output: ClientOutput, now: Now): ClientOutput[] {
    switch (output.kind) {
      case "frame":
        return [{ kind: "frame", frame: this.#numbered(output.frame, now) }];
      case "state":
        if (this.#phase.kind === "restoring" || this.#phase.kind === "checking") return [];
        this.#state = output.state;
        return [output];
      case "endOfStream":
        return this.#mayBeLost ? [] : [output];
      case "joinGroup":
      case "leaveGroup":
        this.#isInGroup = output.kind === "joinGroup";
        return [output];
      default:
        return [output];
    }
  }

  #numbered(frame: ClientFrame, now: Now): ClientFrame {
    this.#policy.frame(now.monotonicMs);
    this.#positions = [frame.positionSeconds, this.#positions[0]];
    return { ...frame, number: ++this.#frames };
  }

  /** In the lab dialect the end of a stream is silence, and so is the end of a network. */
  get #mayBeLost(): boolean {
    return this.#machine.figures.dialect === "lab" && this.#phase.kind === "passing";
  }

  #endOfStream(now: Now): ClientOutput[] {
    if (!this.#mayBeLost) return [];
    this.#phase = { kind: "checking", untilMs: now.monotonicMs + PRESENCE_WAIT_MS };
    return this.#heed(this.#machine.command({ kind: "teardown" }, now), now);
  }

  /** Goes on to the next phase where the machine has come so far. */
  #advance(hasFailed: boolean, now: Now): ClientOutput[] {
    const { state, isBusy } = this.#machine;
    switch (this.#phase.kind) {
      case "restoring":
        if (state === "playing") return this.#restored(now);
        return hasFailed ? this.#become("init") : [];
      case "checking":
        if (state !== "init") return [];
        return [{ kind: "endOfStream" }, ...this.#become("init")];
      case "ending":
        return state === "init" && !isBusy && this.#state !== "init" ? this.#become("init") : [];
      default:
        return [];
    }
  }

  #become(state: ClientState): ClientOutput[] {
    this.#phase = { kind: "passing" };
    this.#state = state;
    return [{ kind: "state", state }];
  }

  #restored(now: Now): ClientOutput[] {
    this.#phase = { kind: "passing" };
    this.#reconnects++;
    const seconds = ((now.monotonicMs - this.#lostSinceMs) / 1000).toFixed(1);
    return [logged("info", `Playing again, ${seconds} s after the failure`)];
  }

  /** Ends what is left of this attempt, and waits for the next. */
  #giveUp(
    { sentence, outcome }: Failure,
    outputs: readonly ClientOutput[],
    untilMs: number,
    now: Now,
  ): ClientOutput[] {
    if (this.#phase.kind === "passing" || this.#phase.kind === "checking") {
      this.#lostSinceMs = now.monotonicMs;
    }
    const isChecked = this.#phase.kind === "checking"; // then TEARDOWN is on its way already
    const rest = isChecked || this.#machine.state === "init"
      ? []
      : this.#machine.command({ kind: "teardown" }, now);
    const kept = [...outputs, ...rest].filter(({ kind }) => !UNTOLD.has(kind))
      .flatMap((output) => this.#passed(output, now));
    const { ssrc } = this.#machine.figures;
    const { reception, figures } = this;
    this.#before = { reception, figures };
    if (outcome === "refused") this.#positions = []; // perhaps of the place: the next begins anywhere
    this.#phase = { kind: "waiting", untilMs };
    this.#machine = this.#make({
      dialect: figures.dialect,
      wishes: { ...this.#start, ...paceOf(figures) },
      ...ssrc !== undefined && { pastSsrc: ssrc },
    });
    const leaves = this.#isInGroup;
    this.#isInGroup = false;
    const wait = Math.round((untilMs - now.monotonicMs) / 100) / 10;
    return [
      ...kept,
      ...leaves ? [{ kind: "leaveGroup" } as const] : [],
      { kind: "close", reason: "the play is set up again" },
      { kind: "releasePorts" }, // the old session's packets may come for a long time yet
      logged("warning", `${sentence}: tried again in ${wait} s`),
    ];
  }

  /** Where the next frame would have been. */
  get #start(): { readonly startSeconds?: number } {
    const [last, previous] = this.#positions;
    if (last === undefined) return {};
    return { startSeconds: Math.max(0, 2 * last - (previous ?? last)) };
  }

  #tryAgain(now: Now): ClientOutput[] {
    this.#phase = { kind: "restoring" };
    const outputs = this.#machine.command({ kind: "setup" }, now);
    return this.#heed([...outputs, ...this.#machine.command({ kind: "play" }, now)], now);
  }
}

/** What nobody is told of an attempt that has failed. */
const UNTOLD: ReadonlySet<ClientOutput["kind"]> = new Set([
  "state",
  "failure",
  "endOfStream",
  "impossible",
  "connect",
]);

/** The pace that was asked for, as the server keeps it. */
function paceOf({ scale }: SessionFigures): { readonly scale?: number } {
  return scale?.asked === undefined || scale.used === undefined ? {} : { scale: scale.used };
}

function logged(level: ClientLogLevel, message: string): ClientOutput {
  return { kind: "log", level, message };
}
