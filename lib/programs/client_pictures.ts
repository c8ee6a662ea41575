import { WireError } from "../bytes/wire_error.ts";
import { FrameSelector } from "../client/frame_selector.ts";
import { FRAME_CSV_HEADER, frameCsvRow } from "../client/frame_csv.ts";
import type { ClientOutputOptions } from "../command_line/client_output_options.ts";
import { BoundedQueue } from "../files/bounded_queue.ts";
import { FrameFolder } from "../files/frame_folder.ts";
import { WholeFile } from "../files/whole_file.ts";
import { ContactSheet } from "../pictures/contact_sheet.ts";
import { makeThumbnail } from "../pictures/make_thumbnail.ts";
import { PictureEncoder, pictureKindOf } from "../pictures/picture_encoder.ts";
import type { TimedFrame } from "./timed_frame.ts";

/** Frames that may wait to be made smaller. */
const MOST_WAITING = 64;

/** What became of the pictures. */
export interface PicturesSummary {
  readonly notWritten: number;
  readonly problem: string | undefined;
}

/** Frames as pictures: a folder of them, a folder of small ones, a sheet; those that were chosen. */
export class ClientPictures {
  readonly #selector: FrameSelector;
  readonly #size: number;
  readonly #encoder = new PictureEncoder("jpg");
  readonly #dump: FrameFolder | undefined;
  readonly #thumbnails: FrameFolder | undefined;
  readonly #sheet:
    | { readonly sheet: ContactSheet; readonly file: WholeFile; readonly path: string }
    | undefined;
  readonly #small: BoundedQueue<TimedFrame>;
  #notSmall = 0;

  private constructor(
    options: ClientOutputOptions,
    dump: FrameFolder | undefined,
    thumbnails: FrameFolder | undefined,
    sheetFile: WholeFile | undefined,
  ) {
    const { choice = { kind: "everyFrames", count: 1 }, size, columns, sheet = "" } = options;
    this.#selector = new FrameSelector(choice);
    this.#size = size;
    this.#dump = dump;
    this.#thumbnails = thumbnails;
    this.#sheet = sheetFile && {
      sheet: new ContactSheet({ columns, size }),
      file: sheetFile,
      path: sheet,
    };
    this.#small = new BoundedQueue(MOST_WAITING, (frame) => this.#makeSmall(frame));
  }

  /** @throws {Error} One sentence for the user: something cannot be written. */
  static async open(
    options: ClientOutputOptions,
    onProblem: (problem: string) => void,
  ): Promise<ClientPictures> {
    const { dump, thumbnails, sheet, force } = options;
    const table = { name: "frames.csv", header: FRAME_CSV_HEADER };
    const opened: FrameFolder[] = [];
    const folder = async (path: string | undefined, more: object) => {
      if (path === undefined) return undefined;
      const made = await FrameFolder.open(path, { force, onProblem, ...more });
      opened.push(made);
      return made;
    };
    try {
      return new ClientPictures(
        options,
        await folder(dump, { table }),
        await folder(thumbnails, {}),
        sheet === undefined ? undefined : await WholeFile.reserve(sheet, force),
      );
    } catch (error) {
      for (const made of opened) await made.close();
      throw error;
    }
  }

  /** Whether no further frame will be taken. */
  get isDone(): boolean {
    return this.#selector.isDone;
  }

  /** The next frame; returns at once. */
  add(timed: TimedFrame): void {
    const { frame, timeMs, arrivalUnixMs, sinceFirstMs } = timed;
    if (!this.#selector.takes(frame.number, timeMs)) return;
    const { ntpUnixMs } = frame;
    this.#dump?.write(frame.jpeg, {
      number: frame.number,
      row: (file) =>
        frameCsvRow({
          frame,
          file,
          arrivalUnixMs,
          sinceFirstMs,
          ...ntpUnixMs !== undefined && { ntpUnixMs },
        }),
    });
    if (this.#thumbnails === undefined && this.#sheet === undefined) return;
    if (!this.#small.offer(timed)) this.#notSmall++;
  }

  /** Writes what still waits, all but the sheet. */
  async close(): Promise<PicturesSummary> {
    await this.#small.drained();
    const [dump, thumbnails] = await Promise.all([this.#dump?.close(), this.#thumbnails?.close()]);
    return {
      notWritten: (dump?.notWritten ?? 0) + (thumbnails?.notWritten ?? 0) + this.#notSmall,
      problem: dump?.problem ?? thumbnails?.problem,
    };
  }

  /**
   * Draws the sheet, for which the processor needs some tenths of a second. To be called last.
   *
   * @returns Why it could not be written, as a sentence.
   */
  async drawSheet(): Promise<string | undefined> {
    const picture = this.#sheet?.sheet.draw();
    if (this.#sheet === undefined || picture === undefined) return undefined;
    const kind = pictureKindOf(this.#sheet.path) ?? "png";
    return await this.#sheet.file.write(await new PictureEncoder(kind).encode(picture));
  }

  async #makeSmall({ frame, timeMs }: TimedFrame): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve)); // what has come in goes first
    this.#sheet?.sheet.add({ jpeg: frame.jpeg, number: frame.number, timeMs });
    if (this.#thumbnails === undefined) return;
    try {
      const file = await this.#encoder.encode(makeThumbnail(frame.jpeg, this.#size));
      this.#thumbnails.write(file, { number: frame.number });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#notSmall++;
    }
  }
}
