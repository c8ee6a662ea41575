import type { ClientFrame } from "../client/client_frame.ts";
import { FrameClock } from "../client/frame_clock.ts";
import type { ClientOutputOptions } from "../command_line/client_output_options.ts";
import type { FramePipe } from "../files/frame_pipe.ts";
import type { Recorder } from "../files/recorder.ts";
import { WholeFile } from "../files/whole_file.ts";
import { readClock } from "../sockets/clock.ts";
import type { ClientPictures } from "./client_pictures.ts";
import type { TimedFrame } from "./timed_frame.ts";

/** What the sinks tell. */
export interface ClientSinksListener {
  /** Something cannot be written; the others go on. */
  problem(sentence: string): void;
  /** The last picture that was chosen has been taken. */
  picturesTaken(): void;
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
  readonly #listener: ClientSinksListener;
  readonly #pictures: ClientPictures | undefined;
  readonly #recorder: Recorder | undefined;
  readonly #pipe: FramePipe | undefined;
  readonly #snapshot: WholeFile | undefined;
  /** Why there is none, once it was written. */
  #snapshotProblem: Promise<string | undefined> | undefined;
  #clock: FrameClock | undefined;
  #firstArrivalMs: number | undefined;

  private constructor(
    listener: ClientSinksListener,
    pictures: ClientPictures | undefined,
    recorder: Recorder | undefined,
    snapshot: WholeFile | undefined,
    pipe: FramePipe | undefined,
  ) {
    this.#listener = listener;
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
    const { snapshot, toStdout, force } = options;
    const onProblem = (sentence: string) => listener.problem(sentence);
    const pictures = await openPictures(options, onProblem);
    try {
      return new ClientSinks(
        listener,
        pictures,
        await openRecorder(options, onProblem),
        snapshot === undefined ? undefined : await WholeFile.reserve(snapshot, force),
        toStdout ? await openPipe(listener) : undefined,
      );
    } catch (error) {
      await pictures?.close();
      throw error;
    }
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
    this.#addPicture(timed);
    this.#recorder?.write({ jpeg: frame.jpeg, number: frame.number, timeMs: timed.timeMs });
    this.#pipe?.write(frame.jpeg);
  }

  #addPicture(timed: TimedFrame): void {
    if (this.#pictures === undefined || this.#pictures.isDone) return;
    this.#pictures.add(timed);
    // Told behind the frame: what ends a play must not do so in the middle of it.
    if (this.#pictures.isDone) queueMicrotask(() => this.#listener.picturesTaken());
  }

  /** The play was paused. */
  pause(): void {
    this.#clock?.pause();
  }

  /** Writes what still waits, and makes all files whole but the sheet. To be called once. */
  async close(): Promise<ClientSinksSummary> {
    const [pictures, recorded, piped] = await Promise.all([
      this.#pictures?.close(),
      this.#recorder?.close(),
      this.#pipe?.close(),
    ]);
    const snapshot = await this.#snapshotProblem;
    if (snapshot !== undefined) this.#listener.problem(snapshot);
    const counts = [pictures, recorded, piped]
      .flatMap((summary) => summary === undefined ? [] : [summary.notWritten]);
    const isPiped = this.#pipe !== undefined;
    return {
      notWritten: counts.length === 0 && !isPiped ? undefined : counts.reduce((a, b) => a + b, 0),
      problem: pictures?.problem ?? recorded?.problem ?? piped?.problem ?? snapshot,
    };
  }

  /**
   * Draws the contact sheet, if there is to be one, for which the processor needs some tenths of a second.
   * To be called after `close()`.
   *
   * @returns Why it could not be written, as a sentence.
   */
  async drawSheet(): Promise<string | undefined> {
    return await this.#pictures?.drawSheet();
  }
}

// What not every play wants is loaded where it is wanted: a play begins the sooner.

async function openPictures(
  options: ClientOutputOptions,
  onProblem: (sentence: string) => void,
): Promise<ClientPictures | undefined> {
  const { dump, thumbnails, sheet } = options;
  if ([dump, thumbnails, sheet].every((path) => path === undefined)) return undefined;
  const { ClientPictures } = await import("./client_pictures.ts");
  return await ClientPictures.open(options, onProblem);
}

async function openRecorder(
  { record, segmentMs, force }: ClientOutputOptions,
  onProblem: (sentence: string) => void,
): Promise<Recorder | undefined> {
  if (record === undefined) return undefined;
  const { Recorder } = await import("../files/recorder.ts");
  const segment = segmentMs === undefined ? {} : { segmentMs };
  return await Recorder.open(record, { force, onProblem, ...segment });
}

async function openPipe(listener: ClientSinksListener): Promise<FramePipe> {
  const { FramePipe } = await import("../files/frame_pipe.ts");
  return new FramePipe(Deno.stdout, {
    onEnd: (problem) => {
      if (problem !== undefined) listener.problem(problem);
      listener.pipeEnded();
    },
  });
}
