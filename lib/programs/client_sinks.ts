import type { ClientFrame } from "../client/client_frame.ts";
import { FrameClock } from "../client/frame_clock.ts";
import type { ClientOutputOptions } from "../command_line/client_output_options.ts";
import { FramePipe } from "../files/frame_pipe.ts";
import { Recorder } from "../files/recorder.ts";
import { WholeFile } from "../files/whole_file.ts";
import { readClock } from "../sockets/clock.ts";
import { ClientPictures } from "./client_pictures.ts";
import type { TimedFrame } from "./timed_frame.ts";

/** What the sinks tell. */
export interface ClientSinksListener {
  /** Something cannot be written; the others go on. */
  problem(sentence: string): void;
  /** Whoever read the frames from standard output has gone. */
  pipeEnded(): void;
}

/** What became of the frames in all sinks. */
export interface ClientSinksSummary {
  /** Frames that were left out; `undefined` where there was no sink. */
  readonly notWritten: number | undefined;
  /** Why something was not written, as a sentence. */
  readonly problem: string | undefined;
}

/** Everything that a client does with frames; nothing of it holds up who receives them. */
export class ClientSinks {
  readonly #pictures: ClientPictures;
  readonly #hasPictures: boolean;
  readonly #recorder: Recorder | undefined;
  readonly #pipe: FramePipe | undefined;
  readonly #snapshot: WholeFile | undefined;
  /** Why there is none, once it was written. */
  #snapshotProblem: Promise<string | undefined> | undefined;
  #clock: FrameClock | undefined;
  #firstArrivalMs: number | undefined;

  private constructor(
    options: ClientOutputOptions,
    pictures: ClientPictures,
    recorder: Recorder | undefined,
    snapshot: WholeFile | undefined,
    pipe: FramePipe | undefined,
  ) {
    const { dump, thumbnails, sheet } = options;
    this.#hasPictures = [dump, thumbnails, sheet].some((path) => path !== undefined);
    this.#pictures = pictures;
    this.#recorder = recorder;
    this.#snapshot = snapshot;
    this.#pipe = pipe;
  }

  /** @throws {Error} One sentence for the user: something cannot be written. */
  static async open(
    options: ClientOutputOptions,
    listener: ClientSinksListener,
  ): Promise<ClientSinks> {
    const { record, segmentMs, snapshot, toStdout, force } = options;
    const onProblem = (sentence: string) => listener.problem(sentence);
    const segment = segmentMs === undefined ? {} : { segmentMs };
    return new ClientSinks(
      options,
      await ClientPictures.open(options, onProblem),
      record === undefined
        ? undefined
        : await Recorder.open(record, { force, onProblem, ...segment }),
      snapshot === undefined ? undefined : await WholeFile.reserve(snapshot, force),
      toStdout
        ? new FramePipe(Deno.stdout, {
          onEnd: (problem) => {
            if (problem !== undefined) listener.problem(problem);
            listener.pipeEnded();
          },
        })
        : undefined,
    );
  }

  /**
   * The next frame; returns at once.
   *
   * @param dialect Says whether timestamps are times.
   */
  add(frame: ClientFrame, dialect: "lab" | "standard"): void {
    this.#clock ??= new FrameClock(dialect === "standard" ? "timestamps" : "arrivals");
    this.#firstArrivalMs ??= frame.arrivalMs;
    this.#snapshotProblem ??= this.#snapshot?.write(frame.jpeg);
    const now = readClock();
    const timed: TimedFrame = {
      frame,
      timeMs: this.#clock.timeOf(frame),
      arrivalUnixMs: now.unixMs - now.monotonicMs + frame.arrivalMs,
      sinceFirstMs: frame.arrivalMs - this.#firstArrivalMs,
    };
    if (this.#hasPictures) this.#pictures.add(timed);
    this.#recorder?.write({ jpeg: frame.jpeg, number: frame.number, timeMs: timed.timeMs });
    this.#pipe?.write(frame.jpeg);
  }

  /** The play was paused. */
  pause(): void {
    this.#clock?.pause();
  }

  /** Writes what still waits, and makes all files whole. To be called once, last. */
  async close(): Promise<ClientSinksSummary> {
    const [pictures, recorded, piped] = await Promise.all([
      this.#pictures.close(),
      this.#recorder?.close(),
      this.#pipe?.close(),
    ]);
    const snapshot = await this.#snapshotProblem;
    const counts = [this.#hasPictures ? pictures : undefined, recorded, piped]
      .flatMap((summary) => summary === undefined ? [] : [summary.notWritten]);
    const isPiped = this.#pipe !== undefined;
    return {
      notWritten: counts.length === 0 && !isPiped ? undefined : counts.reduce((a, b) => a + b, 0),
      problem: pictures.problem ?? recorded?.problem ?? piped?.problem ?? snapshot,
    };
  }
}
