import type { FileWrite } from "../movie/file_write.ts";
import type { RecordingFormat } from "../movie/recording_format.ts";
import { failureText } from "./failure_text.ts";
import { partName } from "./part_name.ts";
import type { DiskFile, RecordingDisk } from "./recording_disk.ts";

/** The reserve grows by steps of so many bytes. */
const RESERVE_STEP = 256 * 1024;

/**
 * One file of a recording under a passing name. Beside it a second file keeps as much room as the end of
 * the recording needs: when the disk is full, that one is given up, and the recording can be made whole.
 */
export class RecordingFile {
  /** Frames that were written whole, or that the format keeps for later. */
  frames = 0;
  readonly #disk: RecordingDisk;
  readonly #format: RecordingFormat;
  readonly #path: string;
  readonly #file: DiskFile;
  #reserve: { readonly file: DiskFile; length: number } | undefined;
  /** How long the file is when all is well. */
  #end = 0;
  /** Whether it lacks a part that the format believes to be there. */
  #isBroken = false;

  private constructor(disk: RecordingDisk, path: string, file: DiskFile, format: RecordingFormat) {
    this.#disk = disk;
    this.#path = path;
    this.#file = file;
    this.#format = format;
  }

  /** @param path The name that the file gets in the end. */
  static async create(
    disk: RecordingDisk,
    path: string,
    format: RecordingFormat,
  ): Promise<RecordingFile> {
    return new RecordingFile(disk, path, await disk.create(partName(path)), format);
  }

  /**
   * Writes the next frame.
   *
   * @throws {RangeError} The format cannot hold it; nothing is changed.
   * @throws {Error} The file system's.
   */
  async frame(jpeg: Uint8Array, number: number, timeMs: number): Promise<void> {
    const writes = this.#format.frame(jpeg, number, timeMs);
    try {
      await this.#write(writes);
      await this.#keepReserve(jpeg.length);
    } catch (error) {
      if (!await this.#rescue(writes)) throw error;
      this.frames++;
      throw error;
    }
    this.frames++;
  }

  /**
   * Makes the file whole and gives it its name.
   *
   * @param force Whether a file that has the name is replaced.
   * @returns Why it could not be made whole or got no name, as a clause; what is there stays.
   */
  async finish(force: boolean): Promise<string | undefined> {
    let problem: string | undefined;
    try {
      await this.#giveUpReserve();
      if (this.frames > 0 && !this.#isBroken) await this.#write(this.#format.finish());
    } catch (error) {
      problem = failureText(error);
      await this.#cut();
    }
    this.#file.close();
    return await this.#name(force).catch(failureText) ?? problem;
  }

  /** Gives the file its name; one that holds nothing goes. */
  async #name(force: boolean): Promise<string | undefined> {
    const part = partName(this.#path);
    if (this.#end === 0) {
      this.frames = 0;
      await this.#disk.remove(part);
      return undefined;
    }
    if (!force && await this.#disk.exists(this.#path)) {
      return `it is there already; what was recorded is in ${JSON.stringify(part)}`;
    }
    await this.#disk.rename(part, this.#path);
    return undefined;
  }

  async #write(writes: readonly FileWrite[]): Promise<void> {
    await this.#file.write(writes);
    this.#end = endOf(writes, this.#end);
  }

  /** After a failure: the frame once more, into the room that was kept; else the file ends before it. */
  async #rescue(writes: readonly FileWrite[]): Promise<boolean> {
    const hadReserve = this.#reserve !== undefined;
    await this.#giveUpReserve();
    try {
      if (hadReserve) {
        await this.#write(writes);
        return true;
      }
    } catch {
      // There is no more room than before.
    }
    this.#isBroken = true;
    await this.#cut();
    return false;
  }

  /** Takes off what was written of the frame that failed. */
  async #cut(): Promise<void> {
    await this.#file.truncate(this.#end).catch(() => {}); // then the last frame is not whole
  }

  async #keepReserve(frameLength: number): Promise<void> {
    const { reserveLength } = this.#format;
    if (reserveLength === 0) return;
    const wanted = reserveLength + 2 * frameLength;
    this.#reserve ??= { file: await this.#disk.create(reserveOf(this.#path)), length: 0 };
    while (this.#reserve.length < wanted) {
      const bytes = new Uint8Array(RESERVE_STEP);
      await this.#reserve.file.write([{ offset: this.#reserve.length, bytes }]);
      this.#reserve.length += RESERVE_STEP;
    }
  }

  async #giveUpReserve(): Promise<void> {
    const reserve = this.#reserve;
    this.#reserve = undefined;
    if (reserve === undefined) return;
    reserve.file.close();
    await this.#disk.remove(reserveOf(this.#path));
  }
}

function endOf(writes: readonly FileWrite[], before: number): number {
  return writes.reduce((end, { offset, bytes }) => Math.max(end, offset + bytes.length), before);
}

function reserveOf(path: string): string {
  return `${partName(path)}.reserve`;
}
