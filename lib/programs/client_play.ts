import { failureSentence } from "../client/failure_sentence.ts";
import type { StatusFacts } from "../client/format_status.ts";
import { formatPlaySummary } from "../client/format_play_summary.ts";
import type { PlayStep } from "../client/play_plan.ts";
import type { PlayResult } from "../client/play_result.ts";
import type { FinishedPlay } from "../client/play_summary_json.ts";
import type { ClientOptions } from "../command_line/client_options.ts";
import { endsWithPictures } from "../command_line/ends_with_pictures.ts";
import type { TlsTrust } from "../sockets/connect_client.ts";
import type { WireTap } from "../sockets/wire_tap.ts";
import type { ClientConsole } from "./client_console.ts";
import { ClientReport, type FiguresSubject, verdictOf } from "./client_figures.ts";
import type { ClientLatency } from "./client_latency.ts";
import { ClientSinks } from "./client_sinks.ts";
import { EXIT_CODES } from "./exit_codes.ts";
import { type PlayHandle, playSource } from "./play_source.ts";
import { tellPlayEvent } from "./tell_play_event.ts";

/** What a play is opened with, beside its options. */
export interface ClientPlayParts {
  /** Of the program. */
  readonly version: string;
  readonly console: ClientConsole;
}

/** What it plays with. */
export interface PlayingParts {
  readonly trust: TlsTrust;
  /** Told of all bytes that go over the wire. */
  readonly capture: WireTap | undefined;
  /** Called when it can be steered, before anything is sent. */
  begins(): void;
  /** Called when it has ended; what was written is not whole yet. */
  ended(): void;
}

/** A play that its user was told all of. */
export interface ConcludedPlay extends FinishedPlay {
  readonly exitCode: number;
}

/** One source, and where its frames and figures go: opened before anything is sent. */
export class ClientPlay {
  readonly #options: ClientOptions;
  readonly #version: string;
  readonly #console: ClientConsole;
  readonly #report: ClientReport | undefined;
  readonly #sinks: ClientSinks;
  readonly #latency: ClientLatency | undefined;
  #handle: PlayHandle | undefined;
  #isPlaying = false;
  #finished:
    | {
      readonly result: PlayResult;
      readonly subject: FiguresSubject;
      readonly isWritten: boolean;
    }
    | undefined;

  private constructor(
    options: ClientOptions,
    { version, console }: ClientPlayParts,
    report: ClientReport | undefined,
    sinks: ClientSinks,
    latency: ClientLatency | undefined,
  ) {
    this.#options = options;
    this.#version = version;
    this.#console = console;
    this.#report = report;
    this.#sinks = sinks;
    this.#latency = latency;
  }

  /** @throws {Error} One sentence for the user: something cannot be written. */
  static async open(options: ClientOptions, parts: ClientPlayParts): Promise<ClientPlay> {
    const { outputs } = options;
    const report = await ClientReport.open(outputs);
    const sinks = await ClientSinks.open(outputs, {
      problem: (sentence) => parts.console.complain(sentence),
      picturesTaken: () => endsWithPictures(options) && play.stop(),
      pipeEnded: () => play.stop(),
    });
    const latency = options.test ? await openLatency() : undefined;
    const play: ClientPlay = new ClientPlay(options, parts, report, sinks, latency);
    return play;
  }

  /** How it stands; `undefined` before it began. */
  get status(): StatusFacts | undefined {
    return this.#handle?.status();
  }

  /** Whether it has begun and not ended. */
  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Ends it, as a signal does; one that has not begun, or has ended, stays as it is. */
  stop(): void {
    this.#handle?.stop();
  }

  /** Does one more thing, where it plays. */
  command(step: PlayStep): void {
    this.#handle?.command(step);
  }

  /**
   * Plays to the end, makes whole what was recorded, and tells what it came to. To be called once.
   *
   * @throws {WindowError} The window cannot be had; nothing was sent.
   */
  async play(parts: PlayingParts): Promise<void> {
    const startedUnixMs = Date.now();
    const result = await this.#play(parts);
    const { notWritten, problem } = await this.#sinks.close();
    const { host, port, file } = this.#options.target;
    const product = this.#product;
    const subject = { source: { host, port, file }, product, notWritten, startedUnixMs };
    this.#finished = { result, subject, isWritten: problem === undefined };
    this.#tellResult(result, notWritten);
  }

  /**
   * Draws the sheet and writes the report, for which the processor needs some tenths of a second, and
   * tells whether the limits were held. To be called once, when nothing plays any more.
   */
  async conclude(): Promise<ConcludedPlay> {
    const finished = this.#finished;
    if (finished === undefined) throw new TypeError("A play was concluded before it had ended");
    const { result, subject } = finished;
    const problems = [await this.#sinks.drawSheet(), await this.#report?.write(result, subject)]
      .filter((sentence) => sentence !== undefined);
    for (const problem of problems) this.#console.complain(problem);
    const isWritten = finished.isWritten && problems.length === 0;
    return { result, subject, exitCode: this.#judge(result, isWritten) };
  }

  /** Gives it up before it has begun. */
  async discard(): Promise<void> {
    await this.#sinks.close();
  }

  get #product(): string {
    return `Zoetrope/${this.#version}`;
  }

  async #play({ trust, capture, begins, ended }: PlayingParts): Promise<PlayResult> {
    const [options, console] = [this.#options, this.#console];
    return await playSource(options, {
      product: this.#product,
      trust,
      isOnTerminal: console.isOnTerminal,
      ...capture !== undefined && { capture },
      ...options.window !== undefined && {
        openWindow: async (runner, steering) => {
          const { openWindow } = await import("./open_window.ts");
          return await openWindow(options, {
            ...{ version: this.#version, runner, steering },
            tell: (line) => console.print(`${line}\n`),
            complain: (sentence) => console.complain(sentence),
          });
        },
      },
      begins: (handle) => {
        this.#handle = handle;
        this.#isPlaying = true;
        begins();
      },
      ended: () => {
        this.#isPlaying = false;
        ended();
      },
      frame: (frame, dialect) => {
        this.#sinks.add(frame, dialect);
        this.#latency?.add(frame);
      },
      notice: (event) => {
        if (event.kind === "state" && event.state !== "playing") this.#sinks.pause();
        tellPlayEvent(event, options, console);
      },
    });
  }

  #tellResult({ outcome, sentence, summary }: PlayResult, notWritten: number | undefined): void {
    if (outcome !== "played") this.#console.complain(sentence);
    const hasFigures = outcome === "played" || summary.packets.received > 0;
    if (this.#options.quiet || !hasFigures) return;
    const heading = outcome === "played" ? `${sentence}\n` : "";
    const latency = this.#latency?.text() ?? "";
    this.#console.print(heading + formatPlaySummary(summary, notWritten) + latency);
  }

  /** Tells whether the limits were held, and that latency was not measured; returns the exit code. */
  #judge(result: PlayResult, isWritten: boolean): number {
    if (result.outcome !== "played") return EXIT_CODES[result.outcome];
    const judged = verdictOf(result, this.#options.outputs);
    if (judged !== undefined && !judged.passed) this.#console.complain(judged.sentence);
    else if (judged !== undefined && !this.#options.quiet) {
      this.#console.print(`${judged.sentence}\n`);
    }
    const blind = this.#latency?.problem;
    if (blind !== undefined) {
      const { target } = this.#options;
      this.#console.complain(failureSentence("tell the latency of", target, blind));
    }
    if (!isWritten || blind !== undefined) return EXIT_CODES.failed;
    return judged?.passed === false ? EXIT_CODES.notHeld : EXIT_CODES.played;
  }
}

/** What reads the marks is loaded only here, since plays begin sooner without it. */
async function openLatency(): Promise<ClientLatency> {
  const { ClientLatency } = await import("./client_latency.ts");
  return new ClientLatency();
}
