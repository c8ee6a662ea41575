import type { Now } from "../bytes/now.ts";
import type { ClientLink, ClientMachine } from "./client_machine.ts";
import type { ClientLogLevel, ClientOutput } from "./client_output.ts";
import { failureSentence, formatSource, type PlaySource } from "./failure_sentence.ts";
import type { PlayPlan, PlayStep } from "./play_plan.ts";
import type { PlayReport } from "./play_report.ts";
import type { PlayOutput, PlayResult } from "./play_result.ts";
import type { StatusFacts } from "./format_status.ts";
import { playProgress } from "./play_progress.ts";
import type { PlaySummary } from "./play_summary.ts";
import type { SessionFigures } from "./session_figures.ts";

/** How long the end waits for the answer to TEARDOWN. */
export const TEARDOWN_WAIT_MS = 1_000;

interface Ending {
  readonly result: PlayResult;
  readonly untilMs: number;
  /** Whether TEARDOWN was asked for, where there is something to tear down. */
  readonly isAsked: boolean;
}

/**
 * Carries out a plan: drives a client machine step by step, ends the play when its plan is fulfilled or
 * fails, and sees to it that a session is always torn down. Takes what the machine takes.
 */
export class PlayRunner {
  readonly #machine: ClientMachine;
  readonly #report: PlayReport;
  readonly #source: PlaySource;
  readonly #plan: PlayPlan;
  readonly #steps: PlayStep[];
  #out: PlayOutput[] = [];
  /** The step of the plan that is being done. */
  #running: PlayStep | undefined;
  #waitUntilMs = -Infinity;
  /** Whether its user paused, so that standing still is no end. */
  #isHeld = false;
  #lastFailure: Pick<PlayResult, "outcome" | "sentence"> | undefined;
  #hasPlayed = false;
  #frames = 0;
  #playingSinceMs: number | undefined;
  #playedMs = 0;
  #ending: Ending | undefined;
  #ended = false;

  constructor(machine: ClientMachine, report: PlayReport, source: PlaySource, plan: PlayPlan) {
    this.#machine = machine;
    this.#report = report;
    this.#source = source;
    this.#plan = plan;
    this.#steps = [...plan.steps];
  }

  /** When `tick()` is to be called at the latest, in monotonic milliseconds. */
  get wakeAtMs(): number | undefined {
    const isWaiting = this.#running?.kind === "wait";
    const wakeAtMs = Math.min(
      this.#machine.wakeAtMs ?? Infinity,
      this.#ending?.untilMs ?? Infinity,
      isWaiting ? this.#waitUntilMs : Infinity,
      this.#fullAtMs ?? Infinity,
    );
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  /** What is spoken with the server. */
  get dialect(): "lab" | "standard" {
    return this.#machine.figures.dialect;
  }

  /** What is known of the session beside what came in. */
  get figures(): SessionFigures {
    return this.#machine.figures;
  }

  /**
   * A few figures for a status line.
   *
   * @param positionSeconds Of the newest frame, where it is known.
   */
  status(positionSeconds: number | undefined): StatusFacts {
    const { lost, expected, jitterMs } = this.#machine.reception;
    const { roundTrip, range } = this.#machine.figures;
    const { frames, playingMs, framesPerSecond } = this.#report;
    const { frames: framesWanted, durationMs } = this.#plan;
    return {
      frames,
      framesPerSecond,
      lost,
      expected,
      jitterMs,
      roundTripMs: roundTrip?.lastMs,
      progress: playProgress({
        ...{ frames, framesWanted, playingMs, durationMs, positionSeconds },
        ...range,
      }),
    };
  }

  /** All figures up to now; those of the end once that was decided. */
  get summary(): PlaySummary {
    return this.#ending?.result.summary ??
      this.#report.summary(this.#machine.reception, this.#machine.figures);
  }

  /** Begins. */
  start(now: Now): PlayOutput[] {
    return this.#after([], now);
  }

  /** See `ClientMachine`. */
  connected(link: ClientLink, now: Now): PlayOutput[] {
    this.#report.receiveBuffer = link.receiveBuffer;
    return this.#after(this.#machine.connected(link, now), now);
  }

  /** See `ClientMachine`. */
  receive(bytes: Uint8Array, now: Now): PlayOutput[] {
    return this.#after(this.#machine.receive(bytes, now), now);
  }

  /** See `ClientMachine`; what comes once the end was decided is not looked at. */
  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string, now: Now): PlayOutput[] {
    if (this.#ending !== undefined) return [];
    return this.#after(this.#machine.datagram(channel, bytes, from, now), now);
  }

  /** See `ClientMachine`. */
  disconnected(reason: string, now: Now): PlayOutput[] {
    return this.#after(this.#machine.disconnected(reason, now), now);
  }

  /** Time has passed. */
  tick(now: Now): PlayOutput[] {
    const outputs = this.#machine.tick(now);
    this.#take(outputs, now);
    const { durationMs = 0 } = this.#plan;
    if (now.monotonicMs >= (this.#fullAtMs ?? Infinity)) {
      this.#end(now, `no frame came within ${durationMs / 1000} s`);
    }
    return this.#after([], now);
  }

  /** Its user asks for something, beside the plan. */
  command(step: PlayStep, now: Now): PlayOutput[] {
    if (this.#ending !== undefined) return [];
    if (step.kind === "pause") this.#isHeld = true;
    if (step.kind === "play") this.#isHeld = false;
    this.#do(step, now);
    return this.#after([], now);
  }

  /** Its user wants it to end, now: a signal. What was received so far counts as played. */
  stop(now: Now): PlayOutput[] {
    const mayBeEmpty = this.#plan.then === "wait" && !this.#hasPlayed;
    this.#end(now, mayBeEmpty ? undefined : "interrupted before the first frame came");
    return this.#after([], now);
  }

  /** When the playing time is over. */
  get #fullAtMs(): number | undefined {
    const { durationMs } = this.#plan;
    if (durationMs === undefined || this.#ending !== undefined) return undefined;
    if (this.#playingSinceMs === undefined) return undefined;
    return this.#playingSinceMs + durationMs - this.#playedMs;
  }

  #after(outputs: readonly ClientOutput[], now: Now): PlayOutput[] {
    this.#take(outputs, now);
    if (this.#report.wantsSample) this.#report.sample(this.#machine.reception);
    this.#goOn(now);
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #take(outputs: readonly ClientOutput[], now: Now): void {
    for (const output of outputs) {
      switch (output.kind) {
        case "frame":
          if (this.#ending === undefined) this.#takeFrame(output, now);
          break;
        case "state":
          this.#takeState(output.state === "playing", now);
          this.#out.push(output);
          break;
        case "endOfStream":
          this.#out.push(output);
          if (this.#followsPlan) this.#end(now, this.#noFrames);
          break;
        case "failure":
          this.#takeFailure(output, now);
          break;
        case "impossible":
          this.#takeImpossible(output, now);
          break;
        default:
          this.#out.push(output);
      }
    }
  }

  /** Whether nothing is left but to play to the end. */
  get #followsPlan(): boolean {
    return this.#plan.then === "end" && this.#steps.length === 0 && this.#running === undefined;
  }

  get #noFrames(): string {
    const { received } = this.#machine.reception;
    return `${received} packets came, but not one whole JPEG in them`;
  }

  #takeFrame(output: Extract<ClientOutput, { kind: "frame" }>, now: Now): void {
    this.#frames++;
    this.#report.frameSize(output.frame.jpeg.length);
    this.#out.push(output);
    if (this.#frames === this.#plan.frames) this.#end(now);
  }

  #takeState(isPlaying: boolean, now: Now): void {
    if (this.#playingSinceMs !== undefined) {
      this.#playedMs += now.monotonicMs - this.#playingSinceMs;
    }
    this.#playingSinceMs = isPlaying ? now.monotonicMs : undefined;
    this.#hasPlayed ||= isPlaying;
  }

  #takeFailure(output: Extract<ClientOutput, { kind: "failure" }>, now: Now): void {
    const { outcome, sentence } = output;
    if (this.#ending !== undefined) return this.#log("warning", sentence);
    this.#lastFailure = { outcome, sentence };
    this.#steps.length = 0;
    this.#running = undefined;
    if (this.#plan.then === "wait") this.#out.push(output);
    else this.#endWith({ outcome, sentence }, now);
  }

  #takeImpossible(output: Extract<ClientOutput, { kind: "impossible" }>, now: Now): void {
    const { command, state } = output;
    if (this.#ending !== undefined) return;
    const what = `${command} is not possible in state ${state.toUpperCase()}`;
    if (this.#running?.kind !== command) return this.#log("warning", `Nothing was sent: ${what}`);
    this.#endWith({
      outcome: "failed",
      sentence: failureSentence("play", this.#source, `the script's step ${what}`),
    }, now);
  }

  /** Begins the next step, or ends, when the one before is done. */
  #goOn(now: Now): void {
    for (;;) {
      if (this.#ending !== undefined) return this.#finish(this.#ending, now);
      if (this.#machine.isBusy || now.monotonicMs < this.#waitUntilMs) return;
      this.#running = this.#steps.shift();
      if (this.#running !== undefined) this.#do(this.#running, now);
      else if (this.#isOver) this.#end(now);
      else return;
    }
  }

  get #isOver(): boolean {
    if (this.#plan.then === "wait") return false;
    const { state } = this.#machine;
    return state === "init" || state === "ready" && !this.#isHeld;
  }

  #do(step: PlayStep, now: Now): void {
    switch (step.kind) {
      case "wait":
        this.#waitUntilMs = now.monotonicMs + step.ms;
        return;
      case "quit":
        return this.#end(now);
      case "stop":
        return this.#take(this.#machine.command({ kind: "teardown" }, now), now);
      case "play":
        if (this.#plan.playSetsUp && this.#machine.state === "init") {
          this.#take(this.#machine.command({ kind: "setup" }, now), now);
        }
        return this.#take(this.#machine.command(step, now), now);
      default:
        return this.#take(this.#machine.command(step, now), now);
    }
  }

  /** @param noFrames Why it is a failure if no frame came; without it, it is none. */
  #end(now: Now, noFrames?: string): void {
    if (this.#frames === 0 && this.#lastFailure !== undefined) {
      return this.#endWith(this.#lastFailure, now);
    }
    const isFailure = this.#frames === 0 && noFrames !== undefined;
    this.#endWith(
      isFailure
        ? { outcome: "failed", sentence: failureSentence("play", this.#source, noFrames) }
        : { outcome: "played", sentence: this.#played },
      now,
    );
  }

  get #played(): string {
    const frames = `${this.#frames} frame${this.#frames === 1 ? "" : "s"}`;
    return `Played ${frames} of ${formatSource(this.#source)}`;
  }

  #endWith(result: Pick<PlayResult, "outcome" | "sentence">, now: Now): void {
    if (this.#ending !== undefined) return;
    const { summary } = this;
    const untilMs = now.monotonicMs + TEARDOWN_WAIT_MS;
    this.#ending = { result: { ...result, summary }, untilMs, isAsked: false };
    this.#steps.length = 0;
    this.#running = undefined;
  }

  #finish(ending: Ending, now: Now): void {
    if (this.#ended) return;
    if (!ending.isAsked) {
      this.#ending = { ...ending, isAsked: true };
      if (!this.#isTornDown) this.#take(this.#machine.command({ kind: "teardown" }, now), now);
    }
    if (!this.#isTornDown && now.monotonicMs < ending.untilMs) return;
    if (!this.#isTornDown) {
      this.#log("warning", `TEARDOWN was not answered within ${TEARDOWN_WAIT_MS / 1000} s`);
    }
    this.#ended = true;
    this.#out.push({ kind: "ended", result: ending.result });
  }

  get #isTornDown(): boolean {
    return this.#machine.state === "init" && !this.#machine.isBusy;
  }

  #log(level: ClientLogLevel, message: string): void {
    this.#out.push({ kind: "log", level, message });
  }
}
