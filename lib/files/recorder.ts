import type { RecordingFormat } from "../movie/recording_format.ts";
import { BoundedQueue } from "./bounded_queue.ts";
import { failureText } from "./failure_text.ts";
import { REAL_DISK, type RecordingDisk } from "./recording_disk.ts";
import { RecordingFile } from "./recording_file.ts";
import { recordingFormatOf } from "./recording_format_of.ts";
import { segmentPath } from "./segment_path.ts";

/** Frames that may wait for the disk: 3 s at 20 a second. */
const DEFAULT_MOST_WAITING = 64;

/** How a recorder behaves where the defaults do not suit. */
export interface RecorderOptions {
  /** How long each file is to be; without it, there is one. */
  readonly segmentMs?: number;
  /** Whether files that are there already are replaced. */
  readonly force?: boolean;
  /** Frames that may wait for the disk; more are dropped and counted. */
  readonly mostWaiting?: number;
  /** Called with a sentence when a frame or a file cannot be written. */
  readonly onProblem?: (problem: string) => void;
  /** For tests. */
  readonly disk?: RecordingDisk;
}

/** A frame to be recorded. */
export interface RecordedFrame {
  /** Nobody changes it. */
  readonly jpeg: Uint8Array;
  /** From 1. */
  readonly number: number;
  /** When it is to be seen; never less than that of the frame before. */
  readonly timeMs: number;
}

/** What became of the frames. */
export interface RecorderSummary {
  /** The names of the files, in order. */
  readonly files: readonly string[];
  readonly written: number;
  /** Dropped since the disk was too slow, or after a problem, or not fit for the format. */
  readonly notWritten: number;
  /** Why writing ended early, as a sentence. */
  readonly problem?: string;
}

/**
 * Records frames into a file, or into one after the other. Never holds up who has the frames: `write`
 * returns at once, a bounded number of frames waits, more are dropped.
 *
 * Each file has another name until it is whole. When the disk is full or fails, what was written is made
 * whole, and gets its name.
 */
export class Recorder {
  readonly #path: string;
  readonly #format: () => RecordingFormat;
  readonly #options: RecorderOptions;
  readonly #disk: RecordingDisk;
  readonly #queue: BoundedQueue<RecordedFrame>;
  readonly #files: string[] = [];
  #file:
    | { readonly path: string; readonly recording: RecordingFile; readonly endMs: number }
    | undefined;
  #segments = 0;
  #firstMs: number | undefined;
  #offered = 0;
  #written = 0;
  #refused = 0;
  #problem: string | undefined;

  private constructor(path: string, format: () => RecordingFormat, options: RecorderOptions) {
    this.#path = path;
    this.#format = format;
    this.#options = options;
    this.#disk = options.disk ?? REAL_DISK;
    this.#queue = new BoundedQueue(
      options.mostWaiting ?? DEFAULT_MOST_WAITING,
      (frame) => this.#record(frame),
    );
  }

  /**
   * Tries whether the file can be written; nothing of that name comes into being before a frame.
   *
   * @param path Its ending says what it becomes: `.Mjpeg`, `.mjpeg` or `.avi`.
   * @throws {Error} One sentence for the user.
   */
  static async open(path: string, options: RecorderOptions = {}): Promise<Recorder> {
    const format = recordingFormatOf(path);
    const shown = JSON.stringify(path);
    if (format === undefined) {
      throw new Error(
        `Cannot record ${shown}: it has to end in .Mjpeg (lab framing), .mjpeg (JPEG stream) or .avi`,
      );
    }
    const first = options.segmentMs === undefined ? path : segmentPath(path, 1);
    const disk = options.disk ?? REAL_DISK;
    try {
      if (!options.force && await disk.exists(first)) {
        throw new Error(`${JSON.stringify(first)} is there already (--force replaces it)`);
      }
      await (await RecordingFile.create(disk, first, format())).finish(true);
    } catch (error) {
      throw new Error(`Cannot record ${shown}: ${failureText(error)}`);
    }
    return new Recorder(path, format, options);
  }

  /**
   * Takes the next frame, to be written when the disk gets to it.
   *
   * @returns Whether it was taken; otherwise it counts as not written.
   */
  write(frame: RecordedFrame): boolean {
    this.#offered++;
    return this.#problem === undefined && this.#queue.offer(frame);
  }

  /** Writes what still waits, and makes the last file whole. To be called once, last. */
  async close(): Promise<RecorderSummary> {
    await this.#queue.drained();
    await this.#endFile();
    return {
      files: this.#files,
      written: this.#written,
      notWritten: this.#offered - this.#written,
      ...this.#problem !== undefined && { problem: this.#problem },
    };
  }

  async #record(frame: RecordedFrame): Promise<void> {
    if (this.#problem !== undefined) return;
    try {
      const recording = await this.#fileFor(frame.timeMs);
      await recording.frame(frame.jpeg, frame.number, frame.timeMs);
    } catch (error) {
      if (error instanceof RangeError) return this.#refuse(error.message);
      await this.#giveUp(frame.number, error);
    }
  }

  async #fileFor(timeMs: number): Promise<RecordingFile> {
    this.#firstMs ??= timeMs;
    if (this.#file !== undefined && timeMs >= this.#file.endMs) await this.#endFile();
    if (this.#file !== undefined) return this.#file.recording;
    const { segmentMs } = this.#options;
    const path = segmentMs === undefined ? this.#path : segmentPath(this.#path, ++this.#segments);
    const recording = await RecordingFile.create(this.#disk, path, this.#format());
    // Segments are cut at multiples of their length, so that gaps do not move them.
    const played = segmentMs === undefined ? 0 : Math.floor((timeMs - this.#firstMs) / segmentMs);
    const endMs = segmentMs === undefined ? Infinity : this.#firstMs + (played + 1) * segmentMs;
    this.#file = { path, recording, endMs };
    return recording;
  }

  async #endFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return;
    const problem = await file.recording.finish(this.#options.force ?? false);
    this.#written += file.recording.frames;
    if (file.recording.frames > 0) this.#files.push(file.path);
    if (problem !== undefined) {
      this.#tell(`Cannot finish the recording ${JSON.stringify(file.path)}: ${problem}`);
    }
  }

  /** The format cannot hold a frame: said once, counted always. */
  #refuse(problem: string): void {
    if (this.#refused++ === 0) this.#options.onProblem?.(`${problem}; it is left out`);
  }

  async #giveUp(number: number, error: unknown): Promise<void> {
    const path = JSON.stringify(this.#file?.path ?? this.#path);
    const why = failureText(error);
    await this.#endFile();
    this.#queue.clear();
    this.#tell(
      `Cannot record ${path} any further at frame ${number}: ${why}; ` +
        `${this.#written} ${this.#written === 1 ? "frame was" : "frames were"} written`,
    );
  }

  #tell(problem: string): void {
    this.#problem ??= problem;
    this.#options.onProblem?.(problem);
  }
}
