import { failureText } from "./failure_text.ts";
import { FrameTable } from "./frame_table.ts";
import { MadeFolder } from "./made_folder.ts";
import { REAL_DISK } from "./recording_disk.ts";

/** Frames that may wait for the disk: 3 s at 20 a second. */
const DEFAULT_MOST_WAITING = 64;
const NUMBER_DIGITS = 6;
const FRAME_NAME = /^\d{6,}\.(jpg|png)$/;

/** How a `FrameFolder` behaves where the defaults do not suit. */
export interface FrameFolderOptions {
  /** Whether frames that are there already are overwritten; else a folder with frames is refused. */
  readonly force?: boolean;
  /** Frames that may wait for the disk; more are dropped and counted. */
  readonly mostWaiting?: number;
  /** Called once, with a sentence, when a frame cannot be written; none is written after it. */
  readonly onProblem?: (problem: string) => void;
  /** How the files end; `jpg` unless given. */
  readonly extension?: "jpg" | "png";
  /** A table of the frames beside them, with its first line. */
  readonly table?: { readonly name: string; readonly header: string };
  /** Writes a whole new file; for tests. */
  readonly writeFile?: (path: string, bytes: Uint8Array) => Promise<void>;
}

/** A frame that has a number of its own, or a line in the table. */
export interface FrameEntry {
  /** Higher than that of the frame before; else it is one more. */
  readonly number?: number;
  /** The frame's line in the table, by the name of its file. */
  readonly row?: (file: string) => string;
}

interface WaitingFrame {
  readonly name: string;
  readonly picture: Uint8Array;
  readonly row: FrameEntry["row"];
}

/** What became of the frames. */
export interface FrameFolderSummary {
  readonly written: number;
  /** Dropped since the disk was too slow, or after a problem. */
  readonly notWritten: number;
  /** Why writing ended early, as a sentence. */
  readonly problem?: string;
}

/**
 * Writes one JPEG a frame into a folder: `000001.jpg` and so on, by the order in which frames came, or by
 * numbers of their own. A table beside them may have a line for each.
 *
 * Never holds up who has the frames: `write` returns at once, a bounded number of frames waits, more are
 * dropped. A dropped frame leaves out its number. Where no frame came, nothing stays that was not there.
 * Each file is written under another name and then renamed, so that whatever is called `.jpg` is whole.
 */
export class FrameFolder {
  readonly #folder: string;
  readonly #made: MadeFolder;
  readonly #force: boolean;
  readonly #mostWaiting: number;
  readonly #onProblem: (problem: string) => void;
  readonly #writeFile: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly #extension: string;
  readonly #table: FrameTable | undefined;
  readonly #waiting: WaitingFrame[] = [];
  #number = 0;
  #offered = 0;
  #written = 0;
  #problem: string | undefined;
  #closed = false;
  #working: Promise<void> | undefined;

  private constructor(
    folder: string,
    made: MadeFolder,
    options: FrameFolderOptions,
    table: FrameTable | undefined,
  ) {
    this.#folder = folder;
    this.#made = made;
    this.#table = table;
    this.#extension = options.extension ?? "jpg";
    this.#force = options.force ?? false;
    this.#mostWaiting = options.mostWaiting ?? DEFAULT_MOST_WAITING;
    this.#onProblem = options.onProblem ?? (() => {});
    this.#writeFile = options.writeFile ?? ((path, bytes) => Deno.writeFile(path, bytes));
  }

  /**
   * Makes the folder where it is missing, and tries whether it can be written to.
   *
   * @throws {Error} One sentence for the user: it cannot be made or written to, or holds frames already.
   */
  static async open(folder: string, options: FrameFolderOptions = {}): Promise<FrameFolder> {
    const { force = false, table } = options;
    const trial = `${folder}/.trial.part`;
    let made: MadeFolder | undefined;
    try {
      made = await MadeFolder.make(folder);
      await Deno.writeFile(trial, new Uint8Array());
      await Deno.remove(trial);
    } catch (error) {
      await made?.removeIfEmpty();
      throw new Error(`Cannot write frames into ${JSON.stringify(folder)}: ${failureText(error)}`);
    }
    const there = force ? 0 : await countFrames(folder);
    if (there > 0) {
      throw new Error(
        `Cannot write frames into ${JSON.stringify(folder)}: it holds ${there} already ` +
          "(--force overwrites them)",
      );
    }
    const opened = table && await FrameTable.open(`${folder}/${table.name}`, table.header, force);
    return new FrameFolder(folder, made, options, opened);
  }

  /**
   * Takes the next frame, to be written when the disk gets to it.
   *
   * @param picture A JPEG, or what else the extension says; copied.
   * @returns Whether it was taken; otherwise it counts as not written.
   */
  write(picture: Uint8Array, { number = this.#number + 1, row }: FrameEntry = {}): boolean {
    if (this.#closed) throw new TypeError("A frame came after the folder was closed");
    this.#number = number;
    this.#offered++;
    if (this.#problem !== undefined || this.#waiting.length >= this.#mostWaiting) return false;
    const name = `${String(number).padStart(NUMBER_DIGITS, "0")}.${this.#extension}`;
    this.#waiting.push({ name, picture: picture.slice(), row });
    this.#working ??= this.#work();
    return true;
  }

  /** Writes what still waits. To be called once, last. */
  async close(): Promise<FrameFolderSummary> {
    this.#closed = true;
    await this.#working;
    this.#table?.close();
    if (this.#written === 0) await this.#made.removeIfEmpty();
    return {
      written: this.#written,
      notWritten: this.#offered - this.#written,
      ...this.#problem !== undefined && { problem: this.#problem },
    };
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await this.#writeOne(next.name, next.picture);
        const row = next.row?.(next.name);
        if (row !== undefined) await this.#table?.append(row);
        this.#written++;
        this.#waiting.shift();
      } catch (error) {
        this.#giveUp(next.name, error);
      }
    }
    this.#working = undefined;
  }

  async #writeOne(name: string, picture: Uint8Array): Promise<void> {
    const [path, part] = [`${this.#folder}/${name}`, `${this.#folder}/.${name}.part`];
    try {
      await this.#writeFile(part, picture);
      if (!this.#force && await REAL_DISK.exists(path)) throw new Error("it is there already");
      await Deno.rename(part, path);
    } catch (error) {
      await Deno.remove(part).catch(() => {}); // it may not have come into being
      throw error;
    }
  }

  #giveUp(name: string, error: unknown): void {
    this.#waiting.length = 0;
    this.#problem = `Cannot write ${name} into ${JSON.stringify(this.#folder)}: ` +
      `${failureText(error)}; ${this.#written} ` +
      `${this.#written === 1 ? "frame was" : "frames were"} written before`;
    this.#onProblem(this.#problem);
  }
}

async function countFrames(folder: string): Promise<number> {
  let count = 0;
  for await (const { name } of Deno.readDir(folder)) if (FRAME_NAME.test(name)) count++;
  return count;
}
